"""The evidence of what was said: numbered as the letters number themselves, and told in a sentence."""

from dataclasses import replace
from datetime import timedelta

import pytest

from messages.leaders.reminder_evidence_words import reminded_said, word_said
from reporting.reminder_key import ReminderKey
from reporting.rounds.reminder_evidence import SentReminder, State, numbered
from reporting.rounds.reminder_record import ReminderRecord, times_told
from reporting.translator import LANGUAGES, translator
from tests.rule_keys import key, nudge
from tests.rules.round_made import CHAIR, DAY, HOA, LEADER, NAM, NAMES, THO_DAN, ZONE, at

VI = translator("vi")


def word(rule: str | ReminderKey, clock: str, person: int = NAM, state: State = "said") -> SentReminder:
    said_at = at(clock) + timedelta(seconds=5) if state == "said" else None
    of = key(rule) if isinstance(rule, str) else rule
    return SentReminder("covid_daily", THO_DAN.id, DAY, person, NAMES[person], (of,), at(clock), said_at, state)


def sentence(*words: SentReminder, language: str = "vi") -> str:
    return reminded_said(numbered(words), at("18:30"), ZONE, translator(language))


WHOLE = (
    word("-60m reporter", "15:30"),
    word("+0m reporter", "16:30"),
    word(nudge(1818), "17:00"),
    word(ReminderKey.snooze(at("17:10")), "17:10"),
    word("+60m chair", "17:30", CHAIR),
    word("+120m leader", "18:30", LEADER),
)


def test_reminders_are_numbered_and_nudges_and_letters_to_superiors_are_not_among_them() -> None:
    assert [(each.to, each.is_nudge, each.count) for each in numbered(WHOLE)] == [
        ("reporter", False, 1),
        ("reporter", False, 2),
        ("reporter", True, 0),
        ("reporter", False, 3),
        ("chair", False, 1),
        ("leader", False, 1),
    ]


@pytest.mark.parametrize("state", ["dead", "moot", "recorded"])
def test_what_did_not_go_out_is_not_counted(state: State) -> None:
    told = numbered(
        [word("-60m reporter", "15:30"), word("+0m reporter", "16:30", state=state), word("+30m reporter", "17:00")]
    )
    assert [each.count for each in told] == [1, 0, 2]


def test_one_that_nobody_knows_of_has_no_number_and_the_next_is_numbered_as_its_own_letter_says() -> None:
    told = numbered([word("-60m reporter", "15:30", state="unknown"), word("+0m reporter", "16:30")])
    assert [each.count for each in told] == [0, 2]
    recorded = [
        ReminderRecord(key(rule), "covid_daily", THO_DAN.id, DAY, NAM, at("15:30"), n)
        for n, rule in enumerate(("-60m reporter", "+0m reporter"))
    ]
    assert times_told(recorded) == 2


def test_what_was_recorded_only_is_no_message_for_the_letter_either() -> None:
    quiet = ReminderRecord(key("-60m reporter"), "covid_daily", THO_DAN.id, DAY, NAM, at("15:30"))
    assert times_told([quiet, quiet._replace(rule=key("+0m reporter"), message=7)]) == 1


def test_all_of_it_stands_in_one_sentence() -> None:
    assert sentence(*WHOLE) == (
        "Đã nhắc cán bộ đầu mối Lê Văn Nam 3 lần, lần thứ 3 lúc 17 giờ 10; đã đôn đốc theo chỉ đạo lúc 17 giờ 00; "
        "đã báo Chủ tịch lúc 17 giờ 30; đã báo lãnh đạo lúc 18 giờ 30."
    )
    assert sentence(WHOLE[0]) == "Đã nhắc cán bộ đầu mối Lê Văn Nam lúc 15 giờ 30."
    assert sentence() == ""


def test_what_did_not_come_is_told_as_that() -> None:
    states: tuple[State, ...] = ("dead", "dead", "unknown", "moot", "new")
    assert sentence(*(word("+0m reporter", "16:30", state=each) for each in states)) == (
        "1 tin đang chờ gửi; 1 tin không rõ đã đến hay chưa; 2 tin không gửi được; "
        "1 tin không cần gửi vì báo cáo đã đến trước."
    )


def test_of_two_people_in_charge_the_one_who_was_reminded_most_counts() -> None:
    told = [replace(word("-60m reporter", "15:00"), person_id=HOA, name="Hoa"), *WHOLE[:2]]
    assert sentence(*told) == "Đã nhắc cán bộ đầu mối Lê Văn Nam 2 lần, lần thứ 2 lúc 16 giờ 30."


def test_each_message_says_what_it_was() -> None:
    assert [word_said(each, VI) for each in numbered((*WHOLE, word("+90m reporter", "18:00", state="dead")))] == [
        "lần nhắc thứ 1",
        "lần nhắc thứ 2",
        "đôn đốc theo chỉ đạo",
        "lần nhắc thứ 3",
        "báo Chủ tịch",
        "báo lãnh đạo",
        "lời nhắc",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_it_all(language: str) -> None:
    states: tuple[State, ...] = ("dead", "unknown", "moot", "new")
    said = sentence(*WHOLE, *(word("+0m reporter", "16:30", state=each) for each in states), language=language)
    assert said.count(";") == 7
