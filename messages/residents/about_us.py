"""Answers about ourselves: greetings, thanks, whose channel this is, how to ask, how to report, and who is responsible."""

from collections.abc import Sequence

from messages.common.guide import greeting, who_we_are
from messages.residents.contacts import for_all, numbers_of
from messages.residents.view import View
from messages.residents.without_figures import authority, labels, with_examples
from reporting.say import Say
from reporting.translator import Html
from reporting.units import Unit


def greet(view: View) -> Say:
    return greeting(view.forms, view.tree.roots(view.today), view.to, view.words)


def thanks(view: View) -> Html:
    return view.joined([view.words("ask_thanks", who=_who(view)), view.words("ask_what_we_do")])


def about(view: View) -> Html:
    """Whose channel this is and what it can do; no person stands behind it that could be named."""
    return with_examples(view, view.joined([_who(view), view.words("ask_what_we_do")]))


def _who(view: View) -> Html:
    return who_we_are(view.forms, view.tree.roots(view.today), view.words)


def contact(view: View, units: Sequence[Unit]) -> Html:
    """The units' numbers, where the forms have them, and who is responsible: an authority. Whoever reports is never named."""
    words = view.words
    reporting = [unit for unit in units if unit != view.root][:1]
    lines = [*numbers_of(view, units), words("ask_contact")]
    lines += [words("ask_contact_unit", unit=unit.title) for unit in reporting]
    lines.append(words("ask_contact_authority", contact=authority(view)))
    return view.joined([*lines, words("ask_contact_emergency", numbers=for_all(view))])


def help_text(view: View) -> Html:
    """How to ask, and what there is to ask for."""
    return view.joined([with_examples(view, view.words("ask_help")), labels(view), view.words("ask_privacy")])


def report_help(view: View) -> Html:
    return view.words("ask_report_help", contact=authority(view))
