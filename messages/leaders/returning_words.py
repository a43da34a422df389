"""The words of a report's review: returned to its unit with a comment, approved, un-approved, and what of that waits."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from messages.leaders.acting_words import value_said
from messages.reminders.reminder_words import clock, office, report_named
from reporting.digests.unit_page import UnitPage
from reporting.events.reviews import ReportReturned, Unapproved
from reporting.forms import Form, Tier
from reporting.people import Address
from reporting.presses.leaders import DropReturn, ReturnReport, ShowUnit
from reporting.presses.reporters import CorrectReturned
from reporting.reports import Report
from reporting.reviews import Review, Reviewed, returnable
from reporting.say import Button, Rank, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator, translator
from reporting.units import Unit

MOST_FIGURES = 40
LONGEST_LABEL = 60
MOST_STEPS = 8


def ask_what_and_why(
    form: Form,
    report: Report,
    unit: Unit,
    returns: Sequence[Review],
    names: Mapping[int, str],
    places: Collection[int],
    zone: ZoneInfo,
    to: Address,
    words: Translator,
) -> Say:
    """Which of a report's figures are meant (`places`, from 1, are chosen), and why: that is typed next.

    `returns`: what others have said with it already, `names` of people by their ids.
    """
    lines = [
        words("return_asked", unit=unit.title, report=report_named(form, report.period, words), number=report.number)
    ]
    for each in returns:
        name = names.get(each.by or 0, words.plain("nobody"))
        lines.append(words("return_before", at=each.at.astimezone(zone), name=name, comment=each.comment))
    known = list(enumerate(returnable(form, report.answers), 1))[:MOST_FIGURES]
    chosen = [in_language(each.alone, words.language) for at, each in known if at in places]
    lines.append(words("return_chosen", names="; ".join(chosen)) if chosen else words("return_whole_chosen"))
    rows = []
    for at, question in known:
        said = answer_said(form, report, question.name, words)
        room = LONGEST_LABEL - len(said)
        label = f"{'✓ ' if at in places else ''}{at}. {in_language(question.alone, words.language)[:room]}: {said}"
        rows.append((Button(label, ReturnReport(form.key, unit.id, report.period, report.revision, at)),))
    return Say(to, "\n".join(lines), (*rows, (Button(words.plain("comment_drop"), DropReturn()),)))


def returned_told(
    form: Form,
    report: Report,
    unit: Unit,
    figures: Sequence[str],
    people: str,
    until: datetime | None,
    to: Address,
    words: Translator,
) -> Say:
    """What whoever returned a report hears. `figures`: names of questions; `people`: names of who is told; `until`: local."""
    what = figures_named(form, figures, words) or words.plain("return_whole")
    text = words("return_done", number=report.number, unit=unit.title, what=what, until=until)
    told = words("return_told", names=people) if people else words("return_told_nobody", unit=unit.title)
    return Say(to, Html(f"{text} {told}"))


def return_say(of: ReportReturned, zone: ZoneInfo) -> Say:
    """What the unit's people hear: the comment, the figures as they stand, and the button that opens just these."""
    words, review = translator(of.to.language), of.review
    values = {
        "office": office(of.unit, words),
        "by": of.by.name,
        "report": report_named(of.form, review.period, words),
        "number": of.report.number,
        "comment": review.comment,
    }
    lines = [words("return_again" if of.again else "return_letter", **values)]
    for name in review.figures:
        if name in of.form.by_name:
            label = in_language(of.form.by_name[name].alone, words.language)
            lines.append(words("look_figure", label=label, value=answer_said(of.form, of.report, name, words)))
    lines.append(words("return_how", deadline=clock(of.closes_at, review.at, zone, words)))
    button = Button(words.plain("return_open"), CorrectReturned(review.id))
    return Say(of.to.address, "\n".join(lines), ((button,),), rank=Rank.REMINDER)


def unapproved_say(of: Unapproved) -> Say:
    """What whoever sent a report hears when its approval is taken back."""
    words = translator(of.to.language)
    values = {"number": of.number, "unit": of.unit.title, "period": of.form.period(of.period), "name": of.by.name}
    look = Button(words.plain("look_button"), ShowUnit(of.form.key, of.unit.id, of.period))
    return Say(of.to.address, words("unapprove_told", reason=of.reason, **values), ((look,),), rank=Rank.REMINDER)


def answer_said(form: Form, report: Report, name: str, words: Translator) -> str:
    """An answer of a report as people read it; one without a value by what it is."""
    answer = report.answers.get(name)
    if answer is None or answer.value is None:
        return words.plain("answer_unknown" if answer is not None and answer.state == "unknown" else "answer_none")
    return value_said(form, name, answer.value, words)


def figures_named(form: Form, names: Iterable[str], words: Translator) -> str:
    """The labels of these questions, one after the other; of one that is in no version any more its name."""
    known = form.by_name
    return "; ".join(in_language(known[each].alone, words.language) if each in known else each for each in names)


def tier_said(tier: Tier, words: Translator) -> str:
    return words.plain(f"role_{tier}")


def stand_named(here: Reviewed, words: Translator) -> str:
    """«chờ lãnh đạo duyệt»: where a report stands."""
    awaited = here.next_tier() if here.awaits_approval else None
    return (
        words.plain("review_waits", tier=tier_said(awaited, words)) if awaited else words.plain(f"review_{here.state}")
    )


def state_said(here: Reviewed | None, zone: ZoneInfo, words: Translator) -> str:
    """The same with since when, for a list; «» where there is nothing to tell: it was received, and nobody is to approve it."""
    if here is None or (here.state == "received" and not here.tiers):
        return ""
    return words.plain("review_since", state=stand_named(here, words), at=here.since.astimezone(zone))


def review_lines(page: UnitPage, words: Translator) -> list[Html]:
    """On a unit's page: where its report stands, and each step that was taken about it, newest first."""
    here = page.reviewed
    if here is None or (not page.reviews and not here.tiers):
        return []
    zone = page.evidence.zone
    lines = [words("review_stands", state=stand_named(here, words), at=here.since.astimezone(zone))]
    for each in reversed(page.reviews[-MOST_STEPS:]):
        values = {
            "k": each.revision,
            "at": each.at.astimezone(zone),
            "name": page.names.get(each.by or 0, words.plain("nobody")),
            "what": figures_named(page.form, each.figures, words) or words.plain("return_whole"),
            "comment": each.comment,
        }
        lines.append(words(f"review_step_{each.step}", **values))
    return lines
