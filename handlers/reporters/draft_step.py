"""What a button of a draft, or its typed word, is done with."""

from dataclasses import dataclass

from handlers.reporters.draft_session import go_on
from reporting.filling.moves import Filling
from reporting.people import Address, Person
from reporting.say import Say
from reporting.translator import Translator
from services.context import Context


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody at a draft wants something done. `number`: the line or choice that is meant; `text`: what was typed, «» for a tap."""

    context: Context
    person: Person
    to: Address
    filling: Filling
    number: int | None = None
    text: str = ""

    @property
    def words(self) -> Translator:
        return self.context.words(self.person)

    def go_on(self, moved: Filling, before: str = "", head: str = "") -> list[Say]:
        """The draft goes on so, and what is next in it is said; see `draft_session.go_on`."""
        return go_on(self.context, self.person, self.to, moved, before, head)
