"""Every router, in the order in which an update is offered to them."""

from aiogram import Router

from handlers import answer, join, report, rest

ROUTERS: tuple[Router, ...] = (join.router, report.router, answer.router, rest.router)
