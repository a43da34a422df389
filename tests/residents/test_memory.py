"""What a program remembers between two updates is its own, and is remembered of the place where it was told."""

from datetime import date, timedelta

import pytest

from handlers.residents.public_answer import answer_to, told_to, understood, view_at
from reporting.people import Address
from reporting.say import Say
from reporting.throttle import Throttle
from reporting.translator import translator
from services.feedback import give_feedback
from services.memory import MOST_FEEDBACK, ProgramMemory
from storage.reports import forms
from tests.residents.town import SMALL, TODAY, Town, at, labels
from understanding import understand

LAN, GROUP = Address("telegram", "7"), Address("telegram", "-7")
WORDS = "hôm nay xã Thọ Dân bao nhiêu ca mới"


def told(town: Town, to: Address) -> Say:
    context = town.turn()
    view = view_at(context, to, translator("vi"), is_group=to == GROUP)
    (said,) = answer_to(context, view, understand(WORDS, context.learnt.vocabulary, context.today))
    return said


def test_what_was_just_told_in_private_is_told_in_a_group_without_the_buttons_of_a_private_chat(town: Town) -> None:
    town.reports("15742", f0_new=3)
    assert {"Số này chưa đúng?", "Theo dõi"} <= set(labels(told(town, LAN)))
    in_group = told(town, GROUP)
    assert "<b>3 ca</b>" in in_group.text
    assert not {"Số này chưa đúng?", "Theo dõi"} & set(labels(in_group))
    assert "Số này chưa đúng?" in labels(told(town, LAN))


def test_two_programs_in_one_process_remember_nothing_of_each_other(town: Town) -> None:
    town.reports("15742", f0_new=3)
    context = town.turn()
    inquiry = understand(WORDS, context.learnt.vocabulary, context.today)
    told_to(context, view_at(context, LAN, translator("vi")), "7", inquiry)
    for _ in range(MOST_FEEDBACK):
        assert give_feedback(context, LAN, "tốt") == []
    assert context.learnt.last_told.newest(LAN, "7", town.now) is not None
    town.memory = ProgramMemory()
    other = town.turn()
    assert other.learnt.last_told.newest(LAN, "7", town.now) is None
    assert other.learnt.told == {}
    assert give_feedback(other, LAN, "tốt") == []


def test_what_was_understood_without_a_doubt_is_remembered_by_its_day_and_by_what_it_goes_on_from(town: Town) -> None:
    context = town.turn()
    first = understood(context, WORDS, None, is_reply=False)
    assert understood(town.turn(), WORDS, None, is_reply=False) is first
    assert first == understand(WORDS, context.learnt.vocabulary, context.today)
    town.now = at("09:00", date(2021, 11, 11))
    tomorrow = understood(town.turn(), WORDS, None, is_reply=False)
    assert [each.span and each.span.last_on for each in (first, tomorrow)] == [date(2021, 11, 10), date(2021, 11, 11)]
    after = "còn xã Thọ Tân thì sao"
    assert understood(town.turn(), after, tomorrow, is_reply=False) != understood(
        town.turn(), after, None, is_reply=False
    )


def test_what_is_of_no_use_any_more_is_not_kept(town: Town) -> None:
    """However many ask in a day: who asked is known for a minute, an answer too, and what a chat may go on from for ten."""
    throttle = Throttle()
    for minute in range(30):
        town.now = at("09:00") + timedelta(minutes=minute)
        town.reports("15742", f0_new=minute)
        for resident in range(5):
            to, context = Address("telegram", f"{minute}{resident}"), town.turn()
            throttle.of(to, town.now)
            inquiry = understand(WORDS, context.learnt.vocabulary, context.today)
            told_to(context, view_at(context, to, translator("vi")), to.address, inquiry)
    assert len(town.turn().learnt.told) == 1
    assert len(town.turn().learnt.last_told) == 10 * 5
    assert len(throttle) == 5


@pytest.mark.parametrize("words", ["xin chào", "ông Lê Văn Nam ở đâu", "hôm nay bao nhiêu con trâu", "tôi bị sốt cao"])
def test_no_other_words_of_a_resident_are_remembered(town: Town, words: str) -> None:
    context = town.turn()
    understood(context, words, None, is_reply=False)
    assert context.learnt.understood == {}


def test_words_that_were_read_already_are_read_anew_once_a_form_knows_them(harvest: Town) -> None:
    """«lúaxã» is two words that were glued together, until a form counts something that is called so."""
    question = "hôm nay xã Thọ Dân bao nhiêu lúaxã"
    assert "7 con" not in harvest.asks(question).text
    new = (
        SMALL.replace("| harvest | 1 |", "| harvest | 2 |")
        + "| | integer | doves | Số lúaxã | flow | public | con | lúaxã | |\n"
    )
    harvest.forms = {"harvest": forms.publish(harvest.connection, new.encode(), "harvest.md", TODAY, harvest.now)[0]}
    harvest.reports("15742", form="harvest", doves=7)
    harvest.hears(question, "7 con")
