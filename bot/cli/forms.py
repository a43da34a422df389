"""`giaoban form`: checking and publishing forms."""

import sys
from argparse import Namespace
from pathlib import PurePath

from bot.cli.common import database, now, read_file, today, words
from bot.settings import read_settings
from reporting.errors import Refused
from reporting.texts import in_language
from reporting.xlsforms.reading import BadForm, problem_line, read_form
from services.publish_form import publish_form


def check(chosen: Namespace) -> int:
    """`form check FILE`: a line a problem; status 1 if there is one."""
    try:
        form = read_form(read_file(chosen.file), PurePath(chosen.file).name)
    except BadForm as bad:
        for problem in bad.problems:
            print(problem_line(problem, words()))
        return 1
    title = in_language(form.title, words().language)
    print(words().plain("form_good", form=form.key, version=form.version, title=title, n=len(form.asked)))
    return 0


def publish(chosen: Namespace) -> None:
    """`form publish FILE [--from DAY]`."""
    settings = read_settings()
    source = read_file(chosen.file)
    with database(settings, writes=True) as connection:
        since = chosen.since or today(settings)
        try:
            done = publish_form(connection, source, PurePath(chosen.file).name, since, now(settings))
        except BadForm as bad:
            for problem in bad.problems:
                sys.stderr.write(problem_line(problem, words()) + "\n")
            raise Refused("form_bad", file=chosen.file, n=len(bad.problems)) from None
    key = "form_published" if done.is_new else "form_stands"
    print(words().plain(key, form=done.form.key, version=done.form.version, since=since))
