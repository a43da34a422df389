"""People tell the desk something: /gopy. Of a resident nothing is kept but the words."""

from datetime import timedelta
from weakref import WeakKeyDictionary

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message
from sqlalchemy import Engine

from handlers.common.addresses import address_of, language_of
from handlers.residents.throttle import Throttle
from reporting.people import Address, Person
from reporting.say import Rank, Say
from reporting.translator import translator
from services.context import Context
from storage.database import audit
from storage.organisation import people

router = Router(name="feedback")
private = F.chat.type == "private"
LONGEST = 1000
_PACES: WeakKeyDictionary[Engine, Throttle] = WeakKeyDictionary()
"""How often each address writes, for each program of this process."""


@router.message(private, Command("gopy", "feedback"))
async def give_feedback(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/gopy <words>: to those who keep the bot, else to the leaders."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person, language_of(message.from_user))
    text = " ".join((command.args or "").split())
    if not text:
        return [Say(to, words("feedback_ask"))]
    if len(text) > LONGEST:
        return [Say(to, words("feedback_long", n=LONGEST))]
    if _pace(context).of(to, context.now) != "answer":
        return [Say(to, words("feedback_enough"))]
    audit.write(context.connection, context.now, person.id if person else None, "feedback", text=text)
    return [Say(to, words("feedback_thanks", contact=context.contact(words))), *_passed_on(context, to, person, text)]


def _pace(context: Context) -> Throttle:
    return _PACES.setdefault(context.connection.engine, Throttle(most=5, within=timedelta(hours=1)))


def _passed_on(context: Context, to: Address, person: Person | None, text: str) -> list[Say]:
    held = people.duties(context.connection, context.today, roles=("admin", "leader"))
    keepers = [duty.person_id for duty in held if duty.role == "admin"] or [duty.person_id for duty in held]
    found = people.people_of(context.connection, keepers)
    says = []
    for each in found.values():
        words = translator(each.language)
        who = person.name if person else words.plain("feedback_resident")
        if each.address != to:
            says.append(Say(each.address, words("feedback_passed_on", who=who, text=text), rank=Rank.BROADCAST))
    return says
