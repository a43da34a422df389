"""The head of a digest: topic and unit, the window with its coverage, and as of when."""

from messages.digests.reading import Reading, Room
from reporting.texts import in_language
from reporting.translator import Html
from reporting.units_as_now import is_as_now


def digest_heading(reading: Reading, room: Room) -> Html:
    """Topic and unit, the window with its coverage, and as of when; that the figures are made up, where they are."""
    words, evidence = reading.words, reading.evidence
    covered = Html(f"{window(reading)} – {coverage_line(reading)}")
    lines = [title(reading), covered, words("digest_as_of", at=evidence.now.astimezone(evidence.zone))]
    if evidence.demonstration:
        lines.append(words("digest_demonstration"))
    return Html("\n".join(lines))


def title(reading: Reading) -> Html:
    words, evidence = reading.words, reading.evidence
    unit: str = evidence.unit.title.upper()
    if is_as_now(evidence.tree):
        unit = words.plain("digest_as_now", unit=unit)
    topic = in_language(evidence.form.topic, words.language).upper()
    if topic:
        return words("digest_title", topic=topic, unit=unit)
    return words("digest_title_of_form", form=in_language(evidence.form.title, words.language).upper(), unit=unit)


def coverage_line(reading: Reading) -> Html:
    """«31/34 đơn vị đã báo cáo», and how many of them are known from the archive only."""
    words, evidence = reading.words, reading.evidence
    done, expected = evidence.coverage.received, evidence.coverage.expected
    if not expected:
        return words("digest_nothing_owed")
    if len(evidence.periods) == 1 and evidence.is_own:
        known = "digest_own_archive" if evidence.archived else "digest_own_reported"
        return words(known if done else "digest_own_missing")
    if len(evidence.periods) > 1:
        said = words("digest_coverage_span", done=done, all=expected, n=len(evidence.units))
    else:
        said = words("digest_coverage", done=done, all=expected)
    return Html(said + words("digest_archive", n=evidence.archived)) if evidence.archived else said


def window(reading: Reading) -> Html:
    """«Số liệu từ 16 giờ hôm trước đến 16 giờ ngày 10/11/2021»."""
    words, evidence = reading.words, reading.evidence
    if len(evidence.periods) > 1:
        return words(
            "digest_window_span", first=evidence.form.period(evidence.periods[0]).first_on, last=evidence.period
        )
    counted = in_language(evidence.form.window, words.language)
    if counted:
        return words("digest_window", window=counted, period=evidence.last)
    return words("digest_window_day", period=evidence.last)
