"""Leaders look how far units are with their targets, set one in a line, and give one up: /muctieu."""

from collections.abc import Sequence

from handlers.leaders.leader_access import (
    Asker,
    asker_of,
    below,
    demand_of,
    form_meant,
    inquired,
    place,
    told_in_place,
    units_meant,
)
from messages.leaders.target_words import target_given, target_retired, targets_says
from reporting.errors import Refused
from reporting.figures.headlines import numeric
from reporting.figures.indicator_targets import IndicatorTarget
from reporting.incoming import Message, Tap
from reporting.presses.leaders import RetireTarget, ShowTargets
from reporting.say import Say
from reporting.texts import in_language
from reporting.units import Unit
from services.check_targets import check_target, first_day_of
from services.context import Context
from services.keep_targets import give_target, held_as, retire_target
from services.target_progress import target_progress
from services.targets_held import target_held
from understanding.targets_said import says_target, target_said_in


def show_targets(message: Message, context: Context) -> list[Say]:
    """/muctieu [unit]: how far; /muctieu <unit> <figure> ít nhất|nhiều nhất <number> mỗi tuần|trước 31/12: sets a target."""
    if says_target(message.arguments):
        return _set(message, context)
    asker = asker_of(context, message, "look")
    inquiry = inquired(context, message.arguments, asker.duties)
    says: list[Say] = []
    for unit in units_meant(context, asker, inquiry, "look"):
        says += _shown(context, asker, unit, 0)
    return told_in_place(asker, says)


def targets_pressed(tap: Tap, press: ShowTargets, context: Context) -> list[Say]:
    """«Mục tiêu» under a digest, or a further page."""
    asker, unit = asker_of(context, tap, "look"), _unit(context, press.unit_id)
    demand_of(context, asker, "look", unit)
    return told_in_place(asker, _shown(context, asker, unit, below(press.page, 100)))


def retire_pressed(tap: Tap, press: RetireTarget, context: Context) -> list[Say]:
    """«Bỏ mục tiêu này»."""
    asker = asker_of(context, tap, "target")
    target = target_held(context.connection, context.tree, press.target_id, context.today)
    if target is None:
        raise Refused("target_unknown", id=str(press.target_id))
    unit = _unit(context, target.unit_id)
    demand_of(context, asker, "target", unit)
    retire_target(context.connection, target.id, context.now, asker.person.id)
    return told_in_place(asker, [target_retired(target, unit, context.told_forms, asker.home, asker.words)])


def _unit(context: Context, unit_id: int) -> Unit:
    try:
        return context.unit(unit_id)
    except KeyError:
        raise Refused("button_unknown_to_us") from None


def _shown(context: Context, asker: Asker, unit: Unit, page: int) -> Sequence[Say]:
    found = target_progress(context.connection, context.tree, unit, context.now, context.zone)
    to = place(context, asker, unit)
    return targets_says(
        unit,
        found,
        context.tree,
        context.told_forms,
        context.local,
        to,
        asker.words,
        page=page,
        demonstration=context.demonstration,
    )


def _set(message: Message, context: Context) -> list[Say]:
    """Sets the target at once: what is set by mistake is taken back by the button under the answer."""
    asker = asker_of(context, message, "target")
    said = target_said_in(message.arguments, context.today)
    if said is None:
        raise Refused("target_not_read")
    inquiry = inquired(context, said.about, asker.duties)
    if inquiry is None or len(inquiry.units) != 1:
        raise Refused("target_which_unit")
    unit = inquiry.units[0]
    demand_of(context, asker, "target", unit)
    form = form_meant(context, unit, inquiry)
    named = [each for each in (*inquiry.indicators, *inquiry.indicator_choices) if each.form == form.key]
    questions = [each for each in numeric(form) if each.name in {one.question for one in named}]
    if len(questions) != 1:
        labels = [in_language(each.alone, asker.words.language) for each in questions or numeric(form)]
        raise Refused("target_which_indicator", labels="; ".join(labels[:20]))
    (question,) = questions
    since = first_day_of(context.connection, form, said.until, context.today)
    target = IndicatorTarget(
        form.key, question.name, unit.id, said.bound, said.value, said.each or "", since, said.until
    )
    try:
        check_target(target, form, question, unit, context.tree, context.today, is_percentage=said.is_percentage)
    except Refused as refused:  # who types in chat knows the figure by its label
        label = in_language(question.alone, asker.words.language)
        raise Refused(refused.key, **refused.values | {"indicator": label}) from None
    give_target(context.connection, target, context.now, asker.person.id)
    held = held_as(context.connection, context.tree, target)
    found = target_progress(context.connection, context.tree, unit, context.now, context.zone, own_only=True)
    progress = next((each for each in found if each.target.id == held.id), None)
    return told_in_place(asker, [target_given(held, unit, form, progress, asker.home, asker.words)])
