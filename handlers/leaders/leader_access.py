"""What everything that leaders do begins with: who asks, about which unit and days, whether he may, and where he is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.residents.public_answer import vocabulary_of
from reporting.access import Action, Actor
from reporting.errors import Refused
from reporting.forms import Form
from reporting.incoming import Incoming, Message
from reporting.people import Address, Duty, Person
from reporting.press import OfForm
from reporting.say import Say
from reporting.translator import Translator
from reporting.typed_buttons import fold_typed
from reporting.units import Unit
from services import access, group_digest
from services.context import Context
from services.named_periods import form_of, forms_with_periods, periods_named
from services.units_now import by_units_of_today, units_of_today
from storage.reports import forms
from understanding import Inquiry, Span, understand
from understanding.codes import spelt_out
from understanding.days import past_days
from understanding.inquiry import ABOUT_FIGURES
from understanding.own_units import of_his_own
from understanding.staff_words import PAST
from understanding.units_now import without_as_now


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody known who asks. `to`: the chat where he asked, maybe a group's; `home`: his own chat with the bot."""

    actor: Actor
    words: Translator
    to: Address
    home: Address

    @property
    def person(self) -> Person:
        return self.actor.person

    @property
    def duties(self) -> tuple[Duty, ...]:
        return self.actor.duties


def asker_of(context: Context, incoming: Incoming, what: str) -> Asker:
    """Who has typed a command or pressed a button. Raises Refused, with an audit line, for whoever has no duty."""
    home = incoming.home
    words = context.words(context.person(home), incoming.language)
    return Asker(access.actor_at(context, home, what, words), words, incoming.place, home)


def demand_of(context: Context, asker: Asker, action: Action, unit: Unit) -> None:
    """Raises Refused, with an audit line, unless one of the asker's duties allows it for the unit."""
    access.demand(context, asker.actor, action, unit)


def place(context: Context, asker: Asker, unit: Unit) -> Address:
    """Where he is answered about a unit: in a group only if it was set up for that unit or one above, else in his own chat."""
    if asker.to == asker.home:
        return asker.home
    return asker.to if group_digest.may_be_told(context, asker.to, unit) else asker.home


def told_in_place(asker: Asker, says: Sequence[Say]) -> list[Say]:
    """What is said; and in the group, if the answer went to the asker's own chat, that it did."""
    said = list(says)
    if any(each.to == asker.home for each in said) and asker.to != asker.home:
        said.append(Say(asker.to, asker.words("lead_told_privately")))
    return said


def inquired(context: Context, text: str | None, duties: Sequence[Duty]) -> Inquiry | None:
    """What was typed behind a command. Raises Refused where any of it names days or a unit that cannot be told, or nothing of ours.

    Of several units of one name that of his own is meant by whoever has one of them under these duties.
    """
    if not text or not text.strip():
        return None
    inquiry = _read(context, text, duties)
    is_unread = bool(_unknown(inquiry, text) or inquiry.days.wrong)
    by_name = spelt_out(text, context.tree, context.today) if is_unread else None
    inquiry = _read(context, by_name, duties) if by_name is not None else inquiry
    if "exclusion" in inquiry.doubts:
        raise Refused("lead_no_exclusion")
    past_days(inquiry.days, context.today)
    names = ", ".join(unit.title for unit in inquiry.unit_choices[:12])
    unknown = _unknown(inquiry, " ".join(text.split()))
    if unknown:
        raise Refused("lead_no_such_unit_but" if names else "lead_no_such_unit", name=unknown[:60], names=names)
    if "unit" in inquiry.doubts and names:
        raise Refused("lead_which_unit", names=names)
    return inquiry


def _read(context: Context, text: str, duties: Sequence[Duty]) -> Inquiry:
    held = [context.unit(duty.unit_id) for duty in duties]
    inquiry = _of_past_days(text, context, understand(text, vocabulary_of(context), context.today))
    return of_his_own(inquiry, text, lambda each: any(context.tree.is_within(each, top) for top in held))


def _of_past_days(text: str, context: Context, inquiry: Inquiry) -> Inquiry:
    """«7 ngày» behind a command, where a resident would be asked which, is the last seven: only what is over can be told."""
    if inquiry.days.wrong != "unclear":
        return inquiry
    typed = (way for word in PAST for way in (f"{text} {word}", f"{word} {text}"))
    tried = (understand(each, vocabulary_of(context), context.today) for each in typed)
    return next((each for each in tried if each.days.span is not None and not each.days.wrong), inquiry)


def _unknown(inquiry: Inquiry, typed: str) -> str:
    """What of the words is nothing of ours: otherwise all units would be told of, or nudged, for one that was misspelt."""
    is_about_nothing = inquiry.wanted not in ABOUT_FIGURES and not inquiry.units
    is_no_unit = "unit" in inquiry.doubts and not inquiry.unit_choices
    return inquiry.named_outside or inquiry.unknown or (typed if is_about_nothing or is_no_unit else "")


def units_meant(context: Context, asker: Asker, inquiry: Inquiry | None, action: Action) -> list[Unit]:
    """The units that were named, each allowed; none named: those of the asker's duties that allow it."""
    named = inquiry.units if inquiry is not None else ()
    return access.units_allowed(context, asker.actor, named, action)


def asked_about(
    context: Context, message: Message, typed: str | None, action: Action
) -> tuple[Asker, Inquiry | None, list[Unit]]:
    """Who has typed a command, what he named behind it, and the units that he means, each allowed."""
    asker = asker_of(context, message, action)
    inquiry = inquired(context, typed, asker.duties)
    return asker, inquiry, units_meant(context, asker, inquiry, action)


def asked_by_units(
    context: Context, message: Message, typed: str | None, action: Action
) -> tuple[Context, Asker, Inquiry | None, list[Unit]]:
    """The same, with the context to go on with: where the words ask for the units of today («theo đơn vị hiện nay») it has these."""
    rest, is_now = without_as_now(typed or "")
    asker, inquiry, units = asked_about(context, message, rest, action)
    if not is_now:
        return context, asker, inquiry, units
    now = by_units_of_today(context)
    return now, asker, inquiry, list(units_of_today(now, units))


def days_named(context: Context, inquiry: Inquiry | None) -> Span | None:
    """The days that were named behind a command; None: none was."""
    return past_days(inquiry.days, context.today) if inquiry is not None else None


def periods_meant(context: Context, form: Form, inquiry: Inquiry | None) -> list[date]:
    """The form's periods of the days that were named behind a command, oldest first; none named: the current one."""
    return periods_named(context, form, days_named(context, inquiry))


def with_periods(context: Context, among: Sequence[Form], inquiry: Inquiry | None) -> list[tuple[Form, list[date]]]:
    """The forms that have anything to tell of the days that were named behind a command, with their periods of them."""
    return forms_with_periods(context, among, days_named(context, inquiry))


def form_meant(context: Context, unit: Unit, inquiry: Inquiry | None) -> Form:
    """The unit's form on the last of the days that were named: a unit that is no more had its form then."""
    days = days_named(context, inquiry)
    return form_of(context, unit, context.today if days is None else days.last_on)


def of_button(context: Context, press: OfForm) -> tuple[Form, Unit, date]:
    """The form, unit and period that a button carries. Refused where it is old or forged."""
    if not context.tree.has(press.unit_id):
        raise Refused("button_unknown_to_us")
    unit, period = context.unit(press.unit_id), press.period
    form = forms.published(context.connection, press.form, period) if press.form else form_of(context, unit, period)
    if form is None:
        raise Refused("button_unknown_to_us")
    return form, unit, period


def below(number: int, most: int) -> int:
    """The number that a button carries, if it is below `most`. Refused where it is not."""
    if number >= most:
        raise Refused("button_unknown_to_us")
    return number


def without_ending(text: str | None, phrases: Sequence[str]) -> tuple[str, bool]:
    """What was typed without one of these phrases at its end, and whether it stood there."""
    said = (text or "").split()
    for phrase in phrases:
        count = len(phrase.split())
        if fold_typed(" ".join(said[-count:])) == fold_typed(phrase):
            return " ".join(said[:-count]), True
    return " ".join(said), False
