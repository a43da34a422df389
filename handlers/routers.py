"""Every router, in the order in which an update is offered to them."""

from aiogram import Router

from handlers import (
    act,
    answer,
    ask,
    away,
    back,
    desk,
    edits,
    excel,
    feedback,
    group,
    join,
    late,
    lead,
    levels,
    look,
    own,
    report,
    rest,
    several,
)

ROUTERS: tuple[Router, ...] = (
    answer.plain,
    join.router,
    levels.router,
    report.router,
    own.router,
    away.router,
    late.router,
    lead.router,
    look.router,
    act.router,
    back.router,
    group.router,
    desk.router,
    feedback.router,
    edits.router,
    excel.router,
    answer.router,
    several.router,
    ask.router,
    rest.router,
)
