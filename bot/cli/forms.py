"""`giaoban form`: checking, publishing, listing, showing, exporting and retiring forms."""

import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection

from bot.channels import ALL_CHANNELS
from bot.cli.common import database, now, read_file, today, words, write_file
from bot.settings import Settings, read_settings
from messages.admins.form_words import change_lines, question_lines, used, version_line
from messages.notices import notices_of
from reporting.errors import Refused
from reporting.events.event import Event
from reporting.form_changes import FormChange
from reporting.forms import Form
from reporting.texts import in_language
from reporting.xlsforms.choice_lists import files_named
from reporting.xlsforms.export import exported
from reporting.xlsforms.packed import pack
from reporting.xlsforms.problems import problem_lines
from reporting.xlsforms.reading import BadForm, checked_form, read_sheets
from services.publish_form import publish_form
from services.retire_form import known_form, retire_form
from storage.messages import outbox
from storage.reports import forms


def form_file(name: str) -> tuple[bytes, str]:
    """A form's file as it is published: with the lists that it names, from its folder or «FORM-media» beside it, in one .zip."""
    source, path = read_file(name), Path(name)
    try:
        named = files_named(read_sheets(source, path.name))
    except BadForm:
        return source, path.name
    folders = [path.parent / f"{path.stem}-media", path.parent]
    beside: dict[str, bytes] = {}
    for each in (file for folder in folders if named and folder.is_dir() for file in sorted(folder.glob("*.csv"))):
        if each.name.lower() in named:
            beside.setdefault(each.name.lower(), each.read_bytes())
    return (pack(path.name, source, beside), f"{path.stem}.zip") if beside else (source, path.name)


def check(chosen: Namespace) -> int:
    """`form check FILE`: a line for what is wrong or warned of; status 1 if something is wrong. `--strict`: or warned of."""
    try:
        form, found = checked_form(*form_file(chosen.file))
    except BadForm as bad:
        found, form = list(bad.problems), None
    wrong = [each for each in found if not each.is_warning or chosen.strict]
    warned = [each for each in found if each not in wrong]
    for line in problem_lines(wrong, words()):
        print(line)
    for line in problem_lines(warned, words()):
        print(words().plain("form_warning", line=line))
    if wrong or form is None:
        return 1
    if warned:
        print(words().plain("form_warnings", n=len(warned)))
    title = in_language(form.title, words().language)
    print(words().plain("form_good", form=form.key, version=form.version, title=title, n=len(form.asked)))
    return 0


def publish(chosen: Namespace) -> None:
    """`form publish FILE [--from DAY] [--dry-run]`: what it changes is printed; with `--dry-run` nothing else is done."""
    settings = read_settings()
    source, name = form_file(chosen.file)
    with database(settings, writes=True) as connection:
        since = chosen.since or today(settings)
        try:
            done = publish_form(connection, source, name, since, now(settings), settings.zone, words().language)
        except BadForm as bad:
            for line in problem_lines(bad.problems, words()):
                sys.stderr.write(line + "\n")
            raise Refused("form_bad", file=chosen.file, n=len(bad.problems)) from None
        if chosen.dry_run:
            connection.rollback()
        else:
            _tell(connection, settings, done.carried)
    _print_changes(done.changes)
    key = "form_published" if done.is_new else "form_stands"
    key = "form_would_be_published" if chosen.dry_run and done.is_new else key
    print(words().plain(key, form=done.form.key, version=done.form.version, since=done.from_on))
    if done.carried:
        print(words().plain("form_drafts_carried", n=len(done.carried)))
    if done.next is not None:
        print(words().plain("form_planned_after", version=done.next.version, since=done.next.from_on))


def show_list(_: Namespace) -> None:
    """`form list`: the forms in force, those planned, and those that were retired."""
    settings = read_settings()
    with database(settings) as connection:
        for each in used(forms.versions(connection), today(settings)):
            title = in_language(forms.version(connection, each.key, each.version).title, words().language)
            print(version_line(each, title, today(settings), words()))


def show(chosen: Namespace) -> None:
    """`form show KEY`: its versions, and the questions of the one in force."""
    settings = read_settings()
    with database(settings) as connection:
        known_form(connection, chosen.form)
        known = forms.versions(connection, chosen.form)
        form = _in_force(connection, chosen.form, settings)
    title = in_language(form.title, words().language)
    for each in known:
        print(version_line(each, title, today(settings), words()))
    print(words().plain("form_questions_of", version=form.version, n=len(form.asked)))
    for line in question_lines(form, words()):
        print(f"  {line}")


def export(chosen: Namespace) -> None:
    """`form export KEY [-o FILE]`: the version in force as an .xlsx, its lists in «FILE-media» beside it."""
    settings = read_settings()
    with database(settings) as connection:
        known_form(connection, chosen.form)
        form = _in_force(connection, chosen.form, settings)
        source, file_name = forms.source_of(connection, form.key, form.version)
    made, beside = exported(source, file_name, form.key, form.version)
    path = Path(chosen.output or f"{form.key}.xlsx")
    write_file(str(path), made)
    folder = path.with_name(f"{path.stem}-media")
    if beside:
        folder.mkdir(exist_ok=True)
    for name, content in beside.items():
        write_file(str(folder / name), content)
    print(words().plain("form_exported", form=form.key, version=form.version, file=str(path)))


def retire(chosen: Namespace) -> None:
    """`form retire KEY --from DAY`."""
    settings = read_settings()
    with database(settings, writes=True) as connection:
        done = retire_form(connection, chosen.form, chosen.since, now(settings))
        _tell(connection, settings, done.dropped)
    key = "form_retired" if done.is_new else "form_retired_already"
    print(words().plain(key, form=chosen.form, since=done.until_on))
    if done.received:
        print(words().plain("form_retired_received", n=done.received, since=done.until_on))
    if done.dropped:
        print(words().plain("form_drafts_dropped", n=len(done.dropped)))


def _in_force(connection: Connection, key: str, settings: Settings) -> Form:
    """The version in force, else the newest there is."""
    found = forms.published(connection, key, today(settings))
    return found or forms.version(connection, key, known_form(connection, key).version)


def _print_changes(changes: Iterable[FormChange]) -> None:
    lines = change_lines(changes, words())
    if lines:
        print(words().plain("form_changes", n=len(lines)))
    for line in lines:
        print(f"  {line}")


def _tell(connection: Connection, settings: Settings, events: Iterable[Event]) -> None:
    says = notices_of(events, settings.zone)
    outbox.put(connection, says, now(settings), ALL_CHANNELS)
