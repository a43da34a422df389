"""A job of the tick is added: leaders are wished a good evening, once."""

from pathlib import Path

from tests.conversations.house import prepare, running_house
from tests.one_place.additions import Addition, Put
from tests.sqlite import fresh_sqlite

JOB = '''"""Leaders are wished a good evening at the end of the day, once, whichever process ticks."""

from reminders.context import Tick
from reporting.reminder_key import ReminderKey, ReminderKind
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Rank, Say
from reporting.translator import translator
from storage.organisation import people
from storage.schedule import reminder_log


def due_evenings(tick: Tick) -> list[Say]:
    """The wish to each leader, recorded as said."""
    says = []
    for duty in people.duties(tick.connection, tick.today, roles=("leader",)) if tick.local.hour >= 19 else ():
        rule = ReminderKey.of_number(ReminderKind.EVENING, 1)
        told = ReminderRecord(rule, "", duty.unit_id, tick.today, duty.person_id, tick.now)
        if reminder_log.record(tick.connection, [told]):
            leader = people.person_of(tick.connection, duty.person_id)
            says.append(Say(leader.address, translator(leader.language)("evening_wish"), rank=Rank.REMINDER))
    return says
'''
ADDITION = Addition(
    "a job of the tick",
    (
        Put("reminders/evenings.py", JOB),
        Put("reminders/jobs.py", "from reminders.evenings import due_evenings\n", "from reminders.group_chats import"),
        Put("reminders/jobs.py", "    due_evenings,\n", "    due_gatherings,\n"),
        Put("reporting/reminder_key.py", '    EVENING = "evening"  # a wish (number: 1)\n', "    OTHER = "),
        Put("messages/locale/vi/rounds.po", '\nmsgid "evening_wish"\nmsgstr "Chúc đồng chí buổi tối tốt lành."\n'),
        Put("messages/locale/en/rounds.po", '\nmsgid "evening_wish"\nmsgstr "Good evening to you."\n'),
    ),
)


async def test_the_job_is_done_by_the_running_program_once(tmp_path: Path) -> None:
    url = fresh_sqlite(tmp_path / "giaoban.db", prepare)
    async with running_house(url) as house:
        leader = await house.joined("Trần Thị Hoa", "leader", "397")
        await house.moves_to("18:59")
        leader.forgets()
        await house.moves_to("19:00")
        leader.hears("Chúc đồng chí buổi tối tốt lành.")
        await house.moves_to("19:01")
