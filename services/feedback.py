"""Give feedback: somebody tells the desk something; of a resident nothing is kept but the words."""

from reporting.errors import Refused
from reporting.events.feedback import FeedbackGiven
from reporting.people import Address
from services.context import Context
from storage.database import audit
from storage.organisation import people

LONGEST = 1000


def give_feedback(context: Context, to: Address, text: str) -> list[FeedbackGiven]:
    """What those who keep the bot, else the leaders, are told. `to`: who gives it.

    Refused: too long a text, or somebody who has written very often.
    """
    if len(text) > LONGEST:
        raise Refused("feedback_long", n=LONGEST)
    if context.memory.feedback.of(to, context.now) != "answer":
        raise Refused("feedback_enough")
    person = context.person(to)
    audit.write(context.connection, context.now, person.id if person else None, "feedback", text=text)
    held = people.duties(context.connection, context.today, roles=("admin", "leader"))
    keepers = [duty.person_id for duty in held if duty.role == "admin"] or [duty.person_id for duty in held]
    found = people.people_of(context.connection, keepers)
    return [FeedbackGiven(each, person, text) for each in found.values() if each.address != to]
