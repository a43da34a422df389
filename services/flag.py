"""Flag a figure: equal doubts of residents become one question to the unit's reporter; nothing changes but by a correction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from reporting.events.queries import DataQueryAsked
from reporting.figures.flag import Doubted, Flag
from reporting.people import Address
from services.context import Context
from services.data_query import ask_for_residents, reporters_of
from services.public_answer import answer
from storage.reports import data_queries, reports
from storage.residents import flags
from understanding.figure_told import doubtful
from understanding.inquiry import Inquiry


@dataclass(frozen=True, slots=True)
class Flagged:
    """What has become of a doubt: it is *taken*, and who is to be asked; or the unit has *confirmed* the figure as it stands."""

    state: Literal["taken", "confirmed"]
    events: Sequence[DataQueryAsked] = ()


def doubted_in(context: Context, inquiry: Inquiry) -> Doubted | None:
    """The one figure that words of doubt name («số ca mới xã Thọ Dân hôm nay sai rồi»), as it is told; None: not just one."""
    if len(inquiry.units) != 1 or len(inquiry.indicators) != 1 or inquiry.doubts:
        return None
    found = answer(context.connection, context.scope, replace(inquiry, intent="value", wanted="value"))
    return doubtful(found.inquiry, context.scope, found.known)


def flag_figure(context: Context, doubted: Doubted, to: Address, language: str) -> Flagged | None:
    """Joins the open question about this figure, or asks it. `to` is told how it ends, in this language.

    None: it cannot be asked, as the figure is not on record as a report's any more, waits for approval, or nobody reports it.
    """
    form, question = context.scope.public[doubted.indicator]
    connection, unit, period, name = context.connection, doubted.unit, doubted.period, question.name
    report = reports.newest(connection, form.key, unit.id, period)
    if report is None or report.provisional or name not in report.answers or not reporters_of(context, unit):
        return None
    before = data_queries.of_report(connection, form.key, unit.id, period)
    same = [each for each in before if each.indicator == name]
    if any(each.state in ("confirmed", "answered") and each.revision == report.revision for each in same):
        return Flagged("confirmed")
    open_now, events = next((each for each in same if each.is_open), None), list[DataQueryAsked]()
    if open_now is None:
        open_now, events = ask_for_residents(context, form, unit, report, name)
    flags.put(connection, open_now.id, Flag(to, language))
    return Flagged("taken", events)
