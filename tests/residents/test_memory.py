"""What a program remembers between two updates is its own, and is remembered of the place where it was told."""

from handlers.residents.public_answer import answer_to, told_to, view_at
from reporting.people import Address
from reporting.say import Say
from reporting.translator import translator
from services.feedback import give_feedback
from services.memory import MOST_FEEDBACK, ProgramMemory
from tests.residents.town import Town, labels
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
