"""What letters speak of beside who owes what: people, why reports are late, drafts that are nearly sent, how long units are silent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from sqlalchemy import Connection

from messages.reminders.letters import LetterContext
from reminders.context import Tick
from reporting.receivers import LetterKind, Receiver
from reporting.rounds.reminder_plan import Reminder
from reporting.rounds.reminder_record import ReportKey
from reporting.tick_parts import TickPart
from storage.organisation import people
from storage.reports import many_drafts
from storage.schedule import late_reasons
from storage.schedule.streaks import streaks


def with_details(tick: Tick, scene: LetterContext, reminders: Sequence[Reminder]) -> LetterContext:
    """The scene with the people and the details that these reminders speak of."""
    wanted = {each.person_id for each in reminders}
    spoken = {(form, period) for form, _, period in (each.report for each in reminders)}
    for each in reminders:
        if each.rule.to.letter is LetterKind.ONE_UNIT:
            form, unit_id, period = each.report
            wanted.update(
                of for of, _ in scene.recipients.hear(Receiver.REPORTER, unit_id, scene.rounds[form, period].form)
            )
    lists = (each.report for each in reminders if each.rule.to.letter is LetterKind.LIST)
    listed = {(form, period) for form, _, period in lists}
    known = people.people_of(tick.connection, wanted)
    details = {
        key: tick.apart(TickPart(form=key[0]), partial(_details, tick.connection, scene, key, key in listed))
        for key in spoken
    }
    of_all = [each for each in details.values() if each is not None]
    return replace(
        scene,
        people=known,
        reasons={report: reason for each in of_all for report, reason in each.reasons.items()},
        nearly_sent={report: state for each in of_all for report, state in each.nearly_sent.items()},
        streaks={key: each.streaks for key, each in details.items() if each is not None and key in listed},
    )


@dataclass(frozen=True, slots=True)
class _Details:
    """Of one round what `LetterContext` has of all."""

    reasons: Mapping[ReportKey, tuple[str, str]]
    nearly_sent: Mapping[ReportKey, str]
    streaks: Mapping[int, int]


def _details(connection: Connection, scene: LetterContext, key: tuple[str, date], is_listed: bool) -> _Details:
    (form, period), one = key, scene.rounds[key]
    given = late_reasons.given(connection, form, period)
    ids = [each.deadline.unit_id for each in one.standings]
    return _Details(
        {(form, unit_id, period): (each.reason, each.words) for unit_id, each in given.items()},
        many_drafts.nearly_sent(connection, form, period, ids),
        streaks(connection, one.form, one.period, one.standings, scene.tree, scene.now) if is_listed else {},
    )
