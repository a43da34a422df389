"""/bieumau: the forms that there are, and the one that was sent: tried out, seen, published from a day on, put aside; retiring one."""

from collections.abc import Callable, Mapping

from handlers.reporters.draft_session import next_in
from messages.admins.form_cards import export_say, list_say, preview_say, published_say, retired_say, when_say
from messages.admins.form_words import used, version_line
from messages.notices import notices_of
from reporting.errors import Refused, Several
from reporting.incoming import Message, Tap
from reporting.people import Address, Person
from reporting.presses.admins import FormCandidatePress, PublishForm
from reporting.say import Say
from reporting.texts import in_language
from reporting.translator import Html
from reporting.typed_buttons import phrase_said
from services.context import Context
from services.form_candidate import (
    ask_about_form,
    candidate_at,
    drop_candidate,
    may_keep_forms,
    publish_candidate,
    retire_by_admin,
    try_form,
)
from services.retire_form import known_form
from storage.organisation import proposals
from storage.reports import form_candidates, forms
from understanding.days import unclear
from understanding.start_days import part_start, start_day

Move = Callable[[Context, Person, Address, str, int | None], list[Say]]
"""Does it. The text is what is typed behind the words, the number that of the candidate under whose message it was tapped."""


def form_command(message: Message, context: Context) -> list[Say]:
    """/bieumau: the list; with words behind it what they say, or the form that they name."""
    to, words = message.chat, context.words_for(message)
    person = context.person(to)
    if person is None or not context.duties(person, "admin"):
        return context.not_authorised(to, words)
    found = phrase_said(message.arguments, tuple(WORDS))
    if found is not None:
        return _done(context, person, to, WORDS[found[0]], found[1])
    if message.arguments.strip():
        return _done(context, person, to, _show, message.arguments.strip())
    return _done(context, person, to, _list, "")


def form_typed(message: Message, context: Context) -> list[Say] | None:
    """What is typed where the chat is asked what to do with a form, or from which day on; None where it is nothing of the kind."""
    person = context.person(message.chat)
    if person is None or not person.asked.startswith("form"):
        return None
    if person.asked == "form day":
        try:
            is_day = start_day(message.said, context.today) is not None
        except Refused as refused:
            return [Say(message.chat, context.words(person).refusal(refused))]
        if is_day:
            return _done(context, person, message.chat, _when, message.said)
    found = phrase_said(message.said, OF_CANDIDATE)
    if found is None or (found[1] and found[0] != "typed_form_when"):
        return None
    return _done(context, person, message.chat, WORDS[found[0]], found[1])


def candidate_pressed(tap: Tap, press: FormCandidatePress, context: Context) -> list[Say]:
    """A button under a form that was sent."""
    person, move = context.person(tap.chat), WORDS.get(f"typed_form_{press.move}")
    if person is None or move is None:
        return [Say(tap.chat, context.words_for(tap)("button_unknown_to_us"))]
    return _done(context, person, tap.chat, move, "", press.candidate_id)


def publish_pressed(tap: Tap, press: PublishForm, context: Context) -> list[Say]:
    """«Từ hôm nay», «Từ ngày mai»."""
    person = context.person(tap.chat)
    if person is None:
        return [Say(tap.chat, context.words_for(tap)("button_unknown_to_us"))]
    return _done(context, person, tap.chat, _when, press.from_on.isoformat(), press.candidate_id)


def _done(context: Context, person: Person, to: Address, move: Move, text: str, number: int | None = None) -> list[Say]:
    """Does it, or says why not."""
    words = context.words(person)
    if not may_keep_forms(context, person):
        return [Say(to, words("form_only_top", contact=context.contact(words)))]
    try:
        return move(context, person, to, text, number)
    except Several as several:
        return [Say(to, Html("\n".join(words("form_line", line=words.refusal(each)) for each in several.found)))]
    except Refused as refused:
        return [Say(to, words.refusal(refused))]


def _try(context: Context, person: Person, to: Address, _: str, number: int | None) -> list[Say]:
    return [next_in(context, person, to, try_form(context, person, to, number))]


def _see(context: Context, person: Person, to: Address, _: str, number: int | None) -> list[Say]:
    candidate, form = candidate_at(context, to, number)
    ask_about_form(context, to, "form")
    return [preview_say(form, candidate.id, to, context.words(person))]


def _when(context: Context, person: Person, to: Address, text: str, number: int | None) -> list[Say]:
    """«Công bố», which asks from which day on; with the day it is done."""
    words = context.words(person)
    if not text:
        candidate, form = candidate_at(context, to, number)
        ask_about_form(context, to, "form day")
        return [when_say(candidate, form, context.today, to, words)]
    day = start_day(text, context.today)
    if day is None:
        raise unclear(text)
    done = publish_candidate(context, person, to, day, number)
    said = published_say(done.form, done.from_on, done.is_new, len(done.carried), done.next, to, words)
    return [said, *notices_of(done.carried, context.zone)]


def _drop(context: Context, person: Person, to: Address, _: str, number: int | None) -> list[Say]:
    form = drop_candidate(context, to, number)
    words = context.words(person)
    return [Say(to, words("form_dropped", title=in_language(form.title, words.language)))]


def _export(context: Context, person: Person, to: Address, text: str, _: int | None) -> list[Say]:
    known = known_form(context.connection, text)
    form = forms.published(context.connection, known.key, context.today)
    form = form or forms.version(context.connection, known.key, known.version)
    source, file_name = forms.source_of(context.connection, form.key, form.version)
    return [export_say(source, file_name, form, to, context.words(person))]


def _retire(context: Context, person: Person, to: Address, text: str, _: int | None) -> list[Say]:
    named, day = part_start(text, context.today)
    words = context.words(person)
    if day is None:
        return [Say(to, words("form_retire_how", form=named or "…", example=context.today))]
    done = retire_by_admin(context, person, named.split()[0] if named else "", day)
    said = retired_say(done.form, done.until_on, done.is_new, done.received, len(done.dropped), to, words)
    return [said, *notices_of(done.dropped, context.zone)]


def _show(context: Context, person: Person, to: Address, text: str, _: int | None) -> list[Say]:
    known, words = known_form(context.connection, text), context.words(person)
    form = forms.published(context.connection, known.key, context.today)
    return [preview_say(form or forms.version(context.connection, known.key, known.version), None, to, words)]


def _list(context: Context, person: Person, to: Address, _: str, __: int | None) -> list[Say]:
    words, connection = context.words(person), context.connection
    lines = []
    for each in used(forms.versions(connection), context.today):
        title = in_language(forms.version(connection, each.key, each.version).title, words.language)
        lines.append(version_line(each, title, context.today, words))
    waits = form_candidates.at(connection, to)
    if waits is not None:
        ask_about_form(context, to, "form")
    waiting = waits.file_name if waits is not None else ""
    n_open = len(proposals.open_ones(connection))
    return [list_say(lines, waiting, n_open, to, words, waits.id if waits is not None else None)]


OF_CANDIDATE = ("typed_form_try", "typed_form_see", "typed_form_when", "typed_form_drop")
"""What can be said of the form that waits, without the command."""
WORDS: Mapping[str, Move] = {
    "typed_form_try": _try,
    "typed_form_see": _see,
    "typed_form_when": _when,
    "typed_form_drop": _drop,
    "typed_form_export": _export,
    "typed_form_retire": _retire,
}
"""By the sentence that has the phrases for it."""
