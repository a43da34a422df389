"""Who is not to be interrupted: answers in progress, and who asked to be left in peace for a while."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from reporting.receivers import LetterKind, Receiver
from reporting.rounds.reminder_record import ReportKey

STILL_AFTER = timedelta(minutes=3)
"""A draft untouched for so long is no answer in progress any more."""

SNOOZE_LASTS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Suppression:
    """Who is not to be interrupted at this moment.

    `answering`: ids of people with an answer in progress. `answered`: the reports in question. `snoozed`: by person id, when he
    wants to be reminded again.
    """

    answering: frozenset[int] = frozenset()
    answered: frozenset[ReportKey] = frozenset()
    snoozed: Mapping[int, datetime] = field(default_factory=dict)

    def waits_for(self, person_id: int, to: Receiver, report: ReportKey) -> bool:
        """Whether an answer in progress is waited for: the person's own, or one that the receiver `to` is not to hear about yet."""
        return person_id in self.answering or (to.letter is not LetterKind.LIST and report in self.answered)
