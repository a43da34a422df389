"""What goes without saying in an inquiry: the whole area, the newest figure, the units of the days asked about."""

from reporting.figures.public_scope import PublicScope
from reporting.units import Unit
from understanding.figures_wanted import latest, units_asked
from understanding.inquiry import ABOUT_FIGURES, OF_ONE_INDICATOR, Inquiry, Intent, Merged, Span
from understanding.mergers import on_days, predecessors
from understanding.periods_of_forms import of_its_period


def settle(inquiry: Inquiry, scope: PublicScope) -> Inquiry:
    """The inquiry with what goes without saying: the whole area where no unit was named, an overview where no indicator was.

    What is not public is as if it were not collected.
    """
    if inquiry.intent not in ABOUT_FIGURES:
        return inquiry
    if inquiry.meanings:
        return inquiry.changed(meanings=tuple(settle(each, scope) for each in inquiry.meanings))
    named = (*inquiry.indicators, *inquiry.indicator_choices)
    choices = tuple(each for each in inquiry.indicator_choices if each in scope.public)
    if (
        not scope.public
        or any(each not in scope.public for each in inquiry.indicators)
        or (named and not choices and not inquiry.indicators)
    ):
        return inquiry.changed(intent="not collected", doubts=())
    inquiry = inquiry.changed(indicator_choices=choices, span=inquiry.span or latest(scope))
    inquiry = of_its_period(inquiry, scope.public, inquiry.span or latest(scope))
    if not inquiry.units and "unit" not in inquiry.doubts:
        inquiry = _with_area(inquiry, scope)
    inquiry = of_those_days(inquiry, scope)
    if inquiry.intent == "value" and not inquiry.indicators and "indicator" not in inquiry.doubts:
        inquiry = inquiry.changed(intent="overview", wanted="overview")
    if inquiry.against is not None:
        inquiry = _days_compared(inquiry, inquiry.against, scope)
    elif inquiry.intent == "compare" and len(inquiry.units) == 1 and "unit" not in inquiry.doubts:
        meant: Intent = "value" if inquiry.merged else "trend"
        inquiry = inquiry.changed(intent=meant, wanted=meant)
    needs_one = inquiry.intent in OF_ONE_INDICATOR
    if needs_one and not inquiry.indicators and "indicator" not in inquiry.doubts:
        inquiry = inquiry.changed(doubts=(*inquiry.doubts, "indicator"))
    return _of_one(inquiry, scope)


def _of_one(inquiry: Inquiry, scope: PublicScope) -> Inquiry:
    """There is no ranking, and no list, of one unit: its figure is told."""
    if inquiry.intent not in ("rank", "list") or inquiry.doubts:
        return inquiry
    units = units_asked(inquiry, scope)
    if len(units) != 1:
        return inquiry
    plain = inquiry.changed(intent="value", wanted="value", units=units, all_units=units == (scope.root,))
    return plain.changed(kinds=(), order="", limit=None, bounds=None)


def _days_compared(inquiry: Inquiry, against: Span, scope: PublicScope) -> Inquiry:
    """Only what is counted by the day is compared day with day; of what was decided, one of them is asked for."""
    found = [scope.public[each] for each in (*inquiry.indicators, *inquiry.indicator_choices)]
    if all(form.schedule.period != "on change" and question.kind != "state" for form, question in found):
        return inquiry
    choices = tuple(each for each in (inquiry.span, against) if each is not None)
    doubts = (*inquiry.doubts, *(() if "period" in inquiry.doubts else ("period",)))
    return inquiry.changed(intent="value", wanted="value", span=None, against=None, span_choices=choices, doubts=doubts)


def _with_area(inquiry: Inquiry, scope: PublicScope) -> Inquiry:
    if scope.root is not None:
        return inquiry.changed(units=(scope.root,), all_units=True)
    return inquiry.changed(doubts=("unit", *inquiry.doubts), unit_choices=tuple(scope.tree.roots(scope.today)))


def of_those_days(inquiry: Inquiry, scope: PublicScope) -> Inquiry:
    """The inquiry about the units of the days asked about: for one that has ended by then the one that took over.

    Where that is not known, or the unit was not there yet, it is «gone».
    """
    span, units, merged = inquiry.span, list[Unit](), list(inquiry.merged)
    if span is None or "unit" in inquiry.doubts or not inquiry.units:
        return inquiry
    for unit in inquiry.units:
        found = on_days(unit, scope.tree, span.first_on, span.last_on)
        if not found and inquiry.all_units:
            found = predecessors(unit, scope.tree)
        if len(found) != 1:
            return inquiry.changed(doubts=("gone", *(doubt for doubt in inquiry.doubts if doubt != "gone")))
        units += found
        merged += [Merged(unit, found[0])] if unit.until is not None and found[0] != unit else []
    doubts = tuple(doubt for doubt in inquiry.doubts if doubt != "gone")
    return inquiry.changed(units=tuple(dict.fromkeys(units)), merged=tuple(dict.fromkeys(merged)), doubts=doubts)
