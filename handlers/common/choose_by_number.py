"""A number typed where a channel has no buttons does what the button would do."""

from collections.abc import Sequence

from reporting.incoming import Message, Tap
from reporting.presses.reading import read_press
from reporting.presses.reporters import DraftPress
from reporting.say import Say
from reporting.typed_choices import choice_typed
from services.context import Context
from storage.messages import typed_choices


def chosen(message: Message, context: Context) -> Tap | Sequence[Say] | None:
    """The tap that a typed number stands for («*2», or «2» where no number is asked for); that there is no such choice any more,
    or None: it is something else.
    """
    to, said = message.chat, message.to_us if message.is_group else message.text
    if context.channel(to).has_buttons or message.is_edit or message.is_forwarded:
        return None
    typed = choice_typed(said or "")
    if typed is None:
        return None
    number, is_marked, verb = typed
    if not is_marked and typed_choices.is_asked(context.connection, to):
        return None
    press = typed_choices.press_of(context.connection, to, number)
    if verb and (press is None or not _does(press, verb)):
        return None
    if press is not None:
        return Tap(to, message.chat_kind, message.topic, message.sender, press)
    return [Say(to, context.words_for(message)("choice_gone", number=number))] if is_marked else None


def _does(carried: str, verb: str) -> bool:
    """Whether a button of a draft does what the words behind its number say."""
    press = read_press(carried)
    return isinstance(press, DraftPress) and press.move == verb
