"""Contradictions in words: what a rule found for a unit, the numbers of both sides, and the way to the unit's page."""

from collections.abc import Mapping, Sequence

from reporting.forms import Form
from reporting.people import Address
from reporting.period_types import Period
from reporting.presses.leaders import ShowUnit
from reporting.say import Button, Rank, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import UnitTree
from reporting.validation.validation_rule import Contradiction

MOST_LINES = 10


def contradictions_say(
    found: Sequence[Contradiction], forms: Mapping[str, Form], tree: UnitTree, to: Address, words: Translator
) -> Say:
    """What is new, for one person: a line and a button each, the rest counted."""
    lines = [words("contradictions_new", n=len(found))]
    lines += [contradiction_line(each, tree, words) for each in found[:MOST_LINES]]
    if len(found) > MOST_LINES:
        lines.append(words("contradictions_more", n=len(found) - MOST_LINES))
    lines.append(words("contradictions_how"))
    rows = tuple((unit_button(each, forms, tree),) for each in found[:MOST_LINES])
    return Say(to, "\n".join(lines), rows, rank=Rank.REMINDER)


def contradiction_line(of: Contradiction, tree: UnitTree, words: Translator) -> Html:
    """«xã Thọ Dân, ngày 10/11/2021 – Số mũi 2 không quá số mũi 1: 1.600 và 1.500 (lệch 100)»."""
    more = of.left - of.right
    return words(
        "contradiction_line",
        unit=tree.unit(of.unit_id).title,
        period=Period(of.rule.period_type, of.period),
        rule=in_language(of.rule.name, words.language),
        left=of.left,
        right=of.right,
        off=max(more, -more),
    )


def unit_button(of: Contradiction, forms: Mapping[str, Form], tree: UnitTree) -> Button:
    """To the page of the unit for the day; there the figure is asked back with one tap more."""
    unit = tree.unit(of.unit_id)
    return Button(unit.title, ShowUnit(form_shown(of, forms, tree), unit.id, of.period))


def form_shown(of: Contradiction, forms: Mapping[str, Form], tree: UnitTree) -> str:
    """Of the forms that the rule reads the first that the unit itself reports by; else the first."""
    unit, read = tree.unit(of.unit_id), of.rule.forms
    own = [
        key
        for key in read
        if key in forms and unit in tree.reporting(unit, forms[key].reports_on(of.period), of.period)
    ]
    return (own or list(read))[0]
