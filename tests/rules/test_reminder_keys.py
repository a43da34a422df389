"""What is said once is known by a typed key, which its columns give back whole."""

from datetime import UTC, datetime, time, timedelta

import pytest

from reporting.receivers import LetterKind, Receiver
from reporting.reminder_key import KEPT, ReminderKey, ReminderKind, kept_key
from reporting.reminder_rules import read_rules

SINCE = datetime(2021, 11, 10, 17, 0, 9, 500_000, tzinfo=UTC)
SPELLED = {
    "+60m chair": ReminderKey.reminder(timedelta(hours=1), Receiver.CHAIR),
    "+0m reporter": ReminderKey.reminder(timedelta(0), Receiver.REPORTER),
    "-1440m desk": ReminderKey.reminder(timedelta(days=-1), Receiver.DESK),
    "snooze 090930": ReminderKey.snooze(datetime(2021, 11, 9, 9, 30, tzinfo=UTC)),
    "nudge 1818286": ReminderKey.nudge(datetime(2021, 11, 9, 11, 44, 59, tzinfo=UTC), timedelta(minutes=15)),
    "digest 07:05": ReminderKey.digest(time(7, 5)),
    "digest 17:00 group 2": ReminderKey.group_digest(time(17), 2),
    "correction 2": ReminderKey.correction(2),
    "approval 1": ReminderKey.of_number(ReminderKind.APPROVAL, 1),
    "unsent 7": ReminderKey.of_number(ReminderKind.UNSENT, 7),
    "unsaid #12 3": ReminderKey.refused(12, 3),
    "unsaid 12 211110170009": ReminderKey.shut_out(12, SINCE),
}
"""One of each kind that was once kept as words, by how it is spelled for eyes, and always has been."""
YOUNGER = {
    "portal delivery 7 turn 2": ReminderKey(ReminderKind.PORTAL_REFUSED, offset=7, number=2),
    "own 15:05": ReminderKey.own_hour(time(15, 5)),
    "backup_failed 0": ReminderKey(ReminderKind.BACKUP_FAILED),
    "approval 1 after 7": ReminderKey.approval(1, 7),
    "approval_overdue 1 after 7": ReminderKey.approval(1, 7, is_overdue=True),
    "returned 7": ReminderKey.returned(7, again=False),
    "returned 7 again": ReminderKey.returned(7, again=True),
    "turn 2 of target 5": ReminderKey.turn(5, 2),
    "contradiction 4": ReminderKey.of_number(ReminderKind.CONTRADICTION, 4),
    "portal 3 211110170009": ReminderKey(ReminderKind.PORTAL_STOPPED, offset=int(SINCE.timestamp()), number=3),
}
"""One of each kind that came after: no release has kept it as words."""
ALL = SPELLED | YOUNGER


def test_there_is_one_of_each_kind_and_of_each_receiver_a_reminder_is_written_and_kept() -> None:
    assert {key.kind for key in ALL.values()} == set(ReminderKind) - {ReminderKind.OTHER}
    rules = read_rules("; ".join(f"+1h {each}" for each in Receiver))
    assert {rule.to for rule in rules} == set(Receiver)
    assert [kept(rule.key).receiver for rule in rules] == [rule.to for rule in rules]


def kept(key: ReminderKey) -> ReminderKey:
    """The key, kept and read again."""
    return kept_key(*(key.columns[name] for name in KEPT))


@pytest.mark.parametrize("spelling", ALL)
def test_a_key_is_kept_by_its_columns_whole_with_its_spelling_beside_them(spelling: str) -> None:
    key = ALL[spelling]
    assert kept(key) == key
    assert (key.spelled, key.columns["rule"]) == (spelling, spelling)


def test_no_two_keys_are_kept_alike() -> None:
    assert len({kept(key) for key in ALL.values()}) == len(ALL)


def test_a_kind_or_a_receiver_that_nobody_knows_any_more_is_read_and_is_nobody_elses() -> None:
    assert kept_key("lunch", "", 0, 5) == ReminderKey(ReminderKind.OTHER, None, 0, 5)
    of_a_nurse = kept_key("reminder", "nurse", 60, 0)
    assert (of_a_nurse.kind, of_a_nurse.receiver) == (ReminderKind.REMINDER, None)
    assert of_a_nurse not in ALL.values()


@pytest.mark.parametrize("text", ["+60m", "+60m nurse", "60x chair", "+60m chair leader", "1h chair; +60m chair"])
def test_a_rule_for_nobody_we_know_is_named_as_it_was_written(text: str) -> None:
    with pytest.raises(ValueError, match=text.rpartition("; ")[2].replace("+", r"\+")):
        read_rules(text)


def test_receivers_stand_from_the_person_in_trouble_upwards() -> None:
    levels = [each.level for each in Receiver]
    assert levels == sorted(levels)
    assert [each.place for each in Receiver] == [*range(len(Receiver))]
    assert [each for each in Receiver if each.level == 0] == [
        each for each in Receiver if each.letter is LetterKind.OWN
    ]
