"""The words of /tinhhinh: how many units have reported, which have not, and why they are late."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from reporting.forms import Form
from reporting.people import Address
from reporting.rounds.reminder_words import named
from reporting.rounds.standings import Standing, Status, coverage
from reporting.say import Say
from reporting.texts import in_language
from reporting.units import Unit, UnitTree
from reporting.words import Html, Words

MOST_NAMES = 60


def standing_text(
    form: Form,
    root: Unit,
    standings: Sequence[Standing],
    reasons: Mapping[int, str],
    tree: UnitTree,
    zone: ZoneInfo,
    to: Address,
    words: Words,
) -> Say:
    """Where the units of a subtree stand with one period. `reasons`: unit id to the words why it is late."""
    due = standings[0].deadline
    got = coverage(standings)
    lines = [
        words("standing_title", title=in_language(form.title, words.language), date=due.period, unit=root.title),
        words(
            "standing_coverage", received=got.received, expected=got.expected, due=due.due_at.astimezone(zone).time()
        ),
    ]
    groups = (
        (Status.MISSING, "standing_missing"),
        (Status.DUE, "standing_due"),
        (Status.LATE, "standing_late"),
        (Status.NOT_DUE, "standing_not_due"),
    )
    for status, key in groups:
        names = [_name(each, reasons, tree, words) for each in standings if each.status is status]
        if names:
            shown = Html(", ".join(names[:MOST_NAMES]))
            more = words.plain("standing_more", n=len(names) - MOST_NAMES) if len(names) > MOST_NAMES else ""
            lines.append(words(key, n=len(names), names=Html(shown + more)))
    in_archive = sum(each.in_archive for each in standings)
    on_time = sum(each.status is Status.ON_TIME for each in standings) - in_archive
    if on_time:
        lines.append(words("standing_on_time", n=on_time))
    if in_archive:
        lines.append(words("standing_archive", n=in_archive))
    return Say(to, "\n".join(lines))


def _name(standing: Standing, reasons: Mapping[int, str], tree: UnitTree, words: Words) -> Html:
    unit_id = standing.deadline.unit_id
    reason = reasons.get(unit_id, "") if standing.is_open or standing.status is Status.LATE else ""
    return named(tree.unit(unit_id), words, reason)
