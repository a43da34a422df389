"""The words of a report's page in a chat: its links, and the button that opens it."""

from collections.abc import Sequence
from dataclasses import replace

from reporting.filling.tasks import Task
from reporting.say import Button, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator


def page_links(links: Sequence[tuple[Task, str]], more: int, words: Translator) -> Html:
    """A line each; how many `more` there are, and how to name one."""
    lines = [words("sheet_links")]
    for task, link in links:
        title, period = in_language(task.form.title, words.language) or task.form.key, task.form.period(task.period)
        lines.append(words("sheet_link_line", title=title, unit=task.unit.title, period=period, link=link))
    return Html("\n".join([*lines, *([words("sheet_links_more", n=more)] if more else [])]))


def with_page(said: Say, link: str, words: Translator, *, is_sent: bool = False) -> Say:
    """With the button that opens the report's page, where there is a `link`; of one that was sent, to correct it."""
    if not link:
        return said
    button = Button(words.plain("sheet_button_correct" if is_sent else "sheet_button"), url=link)
    return replace(said, buttons=(*said.buttons, (button,)))
