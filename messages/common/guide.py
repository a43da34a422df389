"""What people are told when they arrive and when they ask for help."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from messages.common.due_words import due_said
from messages.reporters.own_hours_words import own_hours_button
from reporting.commands import commands_for, commands_of
from reporting.effects import SetMenu
from reporting.forms import Form
from reporting.people import Address, Duty, Role
from reporting.presses.common import ChooseLanguage
from reporting.say import Button, Rank, Say
from reporting.texts import in_language
from reporting.translator import LANGUAGES, Html, Translator
from reporting.units import Unit, UnitTree

OWN_HOURS_OF: tuple[Role, ...] = ("reporter", "deputy")
"""Who is told that he may choose at which hour he is reminded; a leader who fills in a form may too."""


def welcome(
    role: Role,
    unit: Unit,
    forms: Sequence[Form],
    now: datetime,
    zone: ZoneInfo,
    name: str,
    to: Address,
    words: Translator,
) -> Say:
    """The greeting of somebody who has just been given a duty: what it is, and when reports are due."""
    lines = [words("welcome", name=name, role=words.plain(f"role_{role}"), unit=unit.title)]
    for form in forms:
        if form.by == "leader" and role not in ("leader", "admin"):
            continue
        if form.schedule.period == "on change":
            continue
        values = {
            "title": in_language(form.title, words.language),
            "window": in_language(form.window, words.language),
            "due": due_said(form.schedule, now, zone, words),
        }
        lines.append(words("welcome_form" if values["window"] else "welcome_form_short", **values))
    lines.append(words(f"welcome_{'fill' if role in ('reporter', 'deputy') else 'read'}"))
    return Say(to, "\n".join(lines))


def greeting(forms: Sequence[Form], roots: Sequence[Unit], to: Address, words: Translator) -> Say:
    """The greeting of a resident: what is told here, and how to ask."""
    example = next((alias for form in forms for q in form.indicators if q.is_public for alias in q.aliases), "")
    lines = [words("greeting", who=who_we_are(forms, roots, words))]
    if example:
        area = roots[0].title if roots else words.plain("ask_our_area")
        lines.append(words("greeting_example", example=example, area=area[:1].upper() + area[1:]))
    return Say(to, "\n".join([*lines, words("greeting_privacy")]))


def who_we_are(forms: Sequence[Form], roots: Sequence[Unit], words: Translator) -> Html:
    """Whose channel this is, and about what: the authority and topic that the forms name, if they do."""
    topic = next(filter(None, (in_language(form.topic, words.language) for form in forms)), "")
    authority = next(filter(None, (in_language(form.authority, words.language) for form in forms)), "")
    area = roots[0].title if roots else words.plain("ask_our_area")
    key = f"who_we_are{'_of' if authority else ''}{'_on' if topic else ''}"
    return words(key, topic=topic, authority=authority, area=area)


def guide(duties: Sequence[Duty], tree: UnitTree, to: Address, words: Translator) -> Say:
    """Every command that somebody with these duties may use, one line each."""
    lines = [words("guide_head")]
    lines += [
        words("guide_duty", role=words.plain(f"role_{duty.role}"), unit=tree.unit(duty.unit_id).title)
        for duty in duties
    ]
    lines += [
        words("guide_line", command=command.names[words.language], text=words.plain(command.key))
        for command in commands_for(duties)
    ]
    is_reminded = any(duty.role in OWN_HOURS_OF for duty in duties)
    lines += [words("guide_own_hours")] if is_reminded else []
    lines.append(words("guide_ask"))
    return Say(to, "\n".join(lines), ((own_hours_button(words),),) if is_reminded else ())


def menu(roles: Collection[Role], to: Address, words: Translator, rank: Rank = Rank.REPLY) -> SetMenu:
    """The chat's menu of commands."""
    return SetMenu(to, tuple(_commands(roles, words)), rank, key=f"menu {menu_mark(roles, words)}")


def menu_mark(roles: Collection[Role], words: Translator) -> str:
    """A short mark of a menu: another one where a command, its name or its line of help is another."""
    content = json.dumps(_commands(roles, words), ensure_ascii=False)
    return sha256(content.encode()).hexdigest()[:12]


def _commands(roles: Collection[Role], words: Translator) -> list[tuple[str, str]]:
    return [(each.names[words.language], words.plain(each.key)) for each in commands_of(roles)]


def languages(to: Address, words: Translator) -> Say:
    """Which language is wanted."""
    buttons = tuple(Button(words.plain(f"language_{each}"), ChooseLanguage(each)) for each in LANGUAGES)
    return Say(to, words("language_which"), (buttons,))
