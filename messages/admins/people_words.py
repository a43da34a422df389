"""The roster as the desk and leaders read it: who is charged with what, who is silent, and what became of a duty that was ended."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from messages.common.link_words import channels_said
from reporting.people import Address, Duty, Person
from reporting.presses.admins import AskEndDuty, EndDutyPress
from reporting.presses.reporters import HandOver
from reporting.roster import RosterLine, Silence
from reporting.say import Button, Say
from reporting.translator import Html, Translator
from reporting.units import Unit, UnitTree

MOST_LISTED = 20
MOST_BUTTONS = 12


def heard(line: RosterLine, zone: ZoneInfo, words: Translator) -> str:
    """When somebody was last heard, or that no words reach him."""
    if line.unreachable_at is not None:
        return words.plain("people_closed")
    if line.not_set:
        return words.plain("people_not_set", channel=channels_said([line.not_set], words))
    if line.heard_at is None:
        return words.plain("people_never")
    return words.show(line.heard_at.astimezone(zone).date())


def roster_row(line: RosterLine, tree: UnitTree, zone: ZoneInfo, words: Translator) -> tuple[str, ...]:
    """A row of the list: the person's number and name, duty, unit, since when, last heard."""
    unit = tree.unit(line.duty.unit_id)
    return (
        str(line.duty.person_id),
        line.name,
        words.plain(f"role_{line.duty.role}"),
        unit.title_with_code,
        words.show(line.duty.since),
        heard(line, zone, words),
    )


def silence_text(found: Silence, days: int, tree: UnitTree, zone: ZoneInfo, words: Translator) -> Html:
    """Units without a reporter, reporters who send nothing, people who cannot be reached: each list cut where it is long."""
    lines: list[Html] = []
    if found.lacking:
        lines.append(words("silent_lacking", n=len(found.lacking)))
        keys = {True: "silent_invited_line", False: "silent_lacking_line"}
        lines += _cut([words(keys[unit.id in found.invited], unit=unit.title) for unit in found.lacking], words)
    if found.quiet:
        lines.append(words("silent_quiet", n=len(found.quiet), days=str(days)))
        for line, last_on in found.quiet[:MOST_LISTED]:
            values = {"unit": tree.unit(line.duty.unit_id).title, "name": line.name, "heard": heard(line, zone, words)}
            lines.append(
                words("silent_quiet_line", date=last_on, **values) if last_on else words("silent_quiet_never", **values)
            )
        lines += _more(len(found.quiet), words)
    if found.closed:
        lines.append(words("silent_closed", n=len(found.closed)))
        lines += _cut([_closed(line, tree, zone, words) for line in found.closed], words)
    return Html("\n".join(lines)) if lines else words("silent_nobody")


def _closed(line: RosterLine, tree: UnitTree, zone: ZoneInfo, words: Translator) -> Html:
    since = line.unreachable_at.astimezone(zone).date() if line.unreachable_at is not None else line.duty.since
    unit, role = tree.unit(line.duty.unit_id).title, words.plain(f"role_{line.duty.role}")
    if line.not_set:
        why = words.plain("people_not_set", channel=channels_said([line.not_set], words))
        return words("silent_not_set_line", unit=unit, name=line.name, role=role, why=why)
    return words("silent_closed_line", unit=unit, name=line.name, role=role, date=since)


def _cut(lines: Sequence[Html], words: Translator) -> list[Html]:
    return [*lines[:MOST_LISTED], *_more(len(lines), words)]


def _more(count: int, words: Translator) -> list[Html]:
    return [words("round_more", n=count - MOST_LISTED)] if count > MOST_LISTED else []


def unit_people_say(
    unit: Unit,
    lines: Sequence[RosterLine],
    may_end: Iterable[int],
    to: Address,
    zone: ZoneInfo,
    words: Translator,
    takers: Mapping[int, Button],
) -> Say:
    """The people of one unit, with a button to end each duty that the reader may end, and to hand a report over to a deputy.

    `may_end`: ids of duties.
    """
    said = [words("people_unit_head", unit=unit.title)]
    said += [_line(line, zone, words) for line in lines] or [words("people_unit_nobody")]
    said.append(words("people_how"))
    ends = set(may_end)
    rows = [(_end_button(line, words),) for line in lines if line.duty_id in ends]
    return Say(to, Html("\n".join(said)), (*rows[:MOST_BUTTONS], *((each,) for each in takers.values())))


def take_over_buttons(unit: Unit, deputies: Sequence[Person], today: date, words: Translator) -> dict[int, Button]:
    """A button for each deputy, to whom the unit's duty can be handed over today."""
    return {
        each.id: Button(words.plain("handover_today", name=each.name), HandOver(unit.id, each.id, today))
        for each in deputies
    }


def _line(line: RosterLine, zone: ZoneInfo, words: Translator) -> Html:
    values = {"name": line.name, "role": words.plain(f"role_{line.duty.role}"), "since": line.duty.since}
    return words("people_line", **values, heard=heard(line, zone, words), id=str(line.duty_id))


def _end_button(line: RosterLine, words: Translator) -> Button:
    text = words.plain("people_end_button", name=line.name, role=words.plain(f"role_{line.duty.role}"))
    return Button(text[:60], AskEndDuty(line.duty_id))


def end_sure(duty_id: int, duty: Duty, person: Person, unit: Unit, to: Address, words: Translator) -> Say:
    """Whether a duty is to end."""
    values = {"role": words.plain(f"role_{duty.role}"), "unit": unit.title, "name": person.name, "id": str(duty_id)}
    yes = Button(words.plain("people_end_yes"), EndDutyPress(duty_id))
    return Say(to, words("people_end_sure", **values), ((yes,),))


def ended_text(
    name: str,
    duty: Duty,
    unit: Unit,
    drafts: int,
    questions: int,
    reporting: Sequence[Person],
    words: Translator,
    *,
    at_desk: bool = False,
) -> Html:
    """What became of a duty, and of what its holder had begun. `at_desk`: who reads it is at the command line, else in his chat."""
    role = words.plain(f"role_{duty.role}")
    lines = [words("duty_ended_desk", name=name, role=role, unit=unit.title)]
    if drafts:
        lines.append(words("duty_left_drafts", n=drafts))
    if questions:
        lines.append(words("duty_left_questions", n=questions))
    if duty.role in ("reporter", "deputy"):
        names = ", ".join(each.name for each in reporting)
        nobody = "duty_left_nobody_desk" if at_desk else "duty_left_nobody"
        lines.append(words("duty_left_to", names=names) if names else words(nobody, code=unit.code))
    return Html("\n".join(lines))
