"""Every router, in the order in which an update is offered to them."""

from aiogram import Router

from handlers import answer, ask, join, late, lead, report, rest, several

ROUTERS: tuple[Router, ...] = (
    join.router,
    report.router,
    late.router,
    lead.router,
    answer.router,
    several.router,
    ask.router,
    rest.router,
)
