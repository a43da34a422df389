"""`giaoban form`: checking and publishing forms."""

import sys
from argparse import Namespace
from pathlib import Path

from bot.cli.common import database, now, read_file, today, words
from bot.settings import read_settings
from reporting.errors import Refused
from reporting.texts import in_language
from reporting.xlsforms.choice_lists import files_named
from reporting.xlsforms.packed import pack
from reporting.xlsforms.problems import problem_lines
from reporting.xlsforms.reading import BadForm, checked_form, read_sheets
from services.publish_form import publish_form


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
    """`form publish FILE [--from DAY]`."""
    settings = read_settings()
    source, name = form_file(chosen.file)
    with database(settings, writes=True) as connection:
        since = chosen.since or today(settings)
        try:
            done = publish_form(connection, source, name, since, now(settings))
        except BadForm as bad:
            for line in problem_lines(bad.problems, words()):
                sys.stderr.write(line + "\n")
            raise Refused("form_bad", file=chosen.file, n=len(bad.problems)) from None
    key = "form_published" if done.is_new else "form_stands"
    print(words().plain(key, form=done.form.key, version=done.form.version, since=since))
