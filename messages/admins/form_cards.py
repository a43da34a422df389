"""What an admin is told of a form that he has sent, of those that there are, and of what became of one."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import date, timedelta

from messages.admins.form_words import question_lines
from reporting.form_changes import HistoryBreak
from reporting.form_files import FormWorkbook, TextLines
from reporting.form_version import FormCandidate, FormVersion
from reporting.forms import Form
from reporting.people import Address
from reporting.presses.admins import FormCandidatePress, PublishForm
from reporting.say import Button, Drawn, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.xlsforms.problems import Problem, problem_lines

MOST_LINES = 15
"""So many lines stand in a message; of more the first, and all in a file."""
FEWER = 8


def form_refused_say(
    file_name: str,
    problems: Sequence[Problem],
    breaks: Sequence[HistoryBreak],
    taken: str,
    warnings: Sequence[Problem],
    to: Address,
    words: Translator,
) -> Say:
    """Why a form cannot be used, line by line. `taken`: its version, where that stands with another content."""
    lines = problem_lines(problems, words)
    lines += [break_line(each, words) for each in breaks]
    lines += [words.plain("form_sent_taken", version=taken)] if taken else []
    head = words("form_sent_refused", file=file_name, n=len(lines))
    text = [head, *_few(lines, MOST_LINES, words)]
    if warnings:
        text.append(words("form_sent_warned_too", n=len(problem_lines(warnings, words))))
    text.append(words("form_sent_again"))
    whole = [*lines, *(words.plain("form_warning", line=each) for each in problem_lines(warnings, words))]
    return Say(
        to, _joined(text), document=_file("form_problems_file", whole, words) if len(lines) > MOST_LINES else None
    )


def candidate_say(
    number: int,
    form: Form,
    against: FormVersion | None,
    changes: Sequence[str],
    warnings: Sequence[Problem],
    to: Address,
    words: Translator,
) -> Say:
    """A form that can be published: what it is, what it changes, what was warned of, and what can be done with it."""
    title = in_language(form.title, words.language)
    text = [words("form_sent_good", title=title, form=form.key, version=form.version, n=len(form.asked))]
    if against is None:
        text.append(words("form_sent_new"))
    elif changes:
        text += [words("form_sent_changes", version=against.version, n=len(changes)), *_few(changes, MOST_LINES, words)]
    else:
        text.append(words("form_sent_no_changes", version=against.version))
    warned = problem_lines(warnings, words)
    if warned:
        text += [words("form_sent_warned", n=len(warned)), *_few(warned, FEWER, words)]
    whole = [*changes, *(words.plain("form_warning", line=each) for each in warned)]
    is_long = len(changes) > MOST_LINES or len(warned) > FEWER
    text.append(words("form_sent_what_next"))
    file = _file("form_changes_file", whole, words) if is_long else None
    return Say(to, _joined(text), _buttons(number, words), document=file)


def _buttons(number: int, words: Translator) -> tuple[tuple[Button, ...], ...]:
    rows = (("try", "see"), ("when", "drop"))
    return tuple(
        tuple(Button(words.plain(f"form_button_{move}"), FormCandidatePress(number, move)) for move in row)
        for row in rows
    )


def when_say(candidate: FormCandidate, form: Form, today: date, to: Address, words: Translator) -> Say:
    """From which day on?"""
    days = (("form_button_today", today), ("form_button_tomorrow", today + timedelta(days=1)))
    row = tuple(Button(words.plain(key, date=day), PublishForm(candidate.id, day)) for key, day in days)
    title = in_language(form.title, words.language)
    example = today + timedelta(days=7)
    return Say(to, words("form_when", title=title, version=form.version, example=example), (row,))


def preview_say(form: Form, number: int | None, to: Address, words: Translator) -> Say:
    """Its questions as a list; of a form that waits with what can be done with it."""
    lines = question_lines(form, words)
    head = words("form_preview", title=in_language(form.title, words.language), n=len(form.asked))
    text = _joined([head, *_few(lines, 3 * MOST_LINES, words, "form_text_line")])
    file = _file("form_questions_file", lines, words) if len(lines) > 3 * MOST_LINES else None
    return Say(to, text, _buttons(number, words) if number is not None else (), document=file)


def list_say(
    lines: Sequence[str], waiting: str, n_proposals: int, to: Address, words: Translator, number: int | None = None
) -> Say:
    """The forms that there are; the one that waits in the chat, with its buttons; how to go on."""
    text = [words("form_list"), *(words("form_line", line=each) for each in lines)]
    if waiting:
        text.append(words("form_list_waits", form=waiting))
    if n_proposals:
        text.append(words("form_list_proposals", n=n_proposals))
    text.append(words("form_list_how"))
    return Say(to, _joined(text), _buttons(number, words) if number is not None else ())


def export_say(source: bytes, file_name: str, form: Form, to: Address, words: Translator) -> Say:
    """The form as a workbook to be changed and sent back."""
    suffix = ".zip" if file_name.lower().endswith(".zip") else ".xlsx"
    content = FormWorkbook(b64encode(source).decode(), file_name, form.key, form.version)
    text = words("form_exported_here", title=in_language(form.title, words.language), version=form.version)
    return Say(to, text, document=Drawn(f"{form.key}{suffix}", content))


def published_say(
    form: Form, from_on: date, is_new: bool, carried: int, later: FormVersion | None, to: Address, words: Translator
) -> Say:
    key = "form_published_here" if is_new else "form_stands_here"
    title = in_language(form.title, words.language)
    lines = [words(key, title=title, form=form.key, version=form.version, since=from_on)]
    if carried:
        lines.append(words("form_drafts_carried", n=carried))
    if later is not None:
        lines.append(words("form_planned_after", version=later.version, since=later.from_on))
    return Say(to, _joined(lines))


def retired_say(
    form: Form, until_on: date, is_new: bool, received: int, dropped: int, to: Address, words: Translator
) -> Say:
    title = in_language(form.title, words.language)
    key = "form_retired_here" if is_new else "form_retired_already"
    lines = [words(key, title=title, form=form.key, since=until_on)]
    if received:
        lines.append(words("form_retired_received", n=received, since=until_on))
    if dropped:
        lines.append(words("form_drafts_dropped", n=dropped))
    return Say(to, _joined(lines))


def trial_done_say(number: int, form: Form, to: Address, words: Translator) -> Say:
    """A form was tried out to its end: what can be done with it now."""
    return Say(to, words("form_trial_done", title=in_language(form.title, words.language)), _buttons(number, words))


def break_line(broken: HistoryBreak, words: Translator) -> str:
    values = {"name": broken.question, "label": broken.label, "before": broken.before, "after": broken.after}
    return words.plain(f"form_history_{broken.why}", **values)


def _few(lines: Sequence[str], most: int, words: Translator, key: str = "form_line") -> list[Html]:
    found = [words(key, line=each) for each in lines[:most]]
    return [*found, words("form_more_in_file", n=len(lines) - most)] if len(lines) > most else found


def _file(name: str, lines: Sequence[str], words: Translator) -> Drawn:
    return Drawn(words.plain(name), TextLines(tuple(lines)))


def _joined(lines: Sequence[str]) -> Html:
    return Html("\n".join(lines))
