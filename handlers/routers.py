"""Every router, in the order in which an update is offered to them."""

from aiogram import Router

from handlers import answer, ask, desk, edits, join, late, lead, report, rest, several

ROUTERS: tuple[Router, ...] = (
    join.router,
    report.router,
    late.router,
    lead.router,
    desk.router,
    edits.router,
    answer.router,
    several.router,
    ask.router,
    rest.router,
)
