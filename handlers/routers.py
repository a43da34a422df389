"""Every router, in the order in which an update is offered to them."""

from aiogram import Router

from handlers.admins import correct_report, undelivered
from handlers.common import fallback, join
from handlers.leaders import actions, data_query, fill_for_units, group_digest, overview, unit_page
from handlers.reporters import (
    answer,
    batch_answers,
    choose_report,
    edits,
    excel,
    hand_over,
    late_reason,
    my_reports,
    offered_answers,
    replies,
    report,
)
from handlers.residents import feedback, public_question

ROUTERS: tuple[Router, ...] = (
    answer.plain,
    join.router,
    fill_for_units.router,
    report.router,
    my_reports.router,
    hand_over.router,
    late_reason.router,
    overview.router,
    unit_page.router,
    actions.router,
    data_query.router,
    group_digest.router,
    correct_report.router,
    undelivered.router,
    feedback.router,
    choose_report.router,
    offered_answers.typed,
    edits.router,
    replies.router,
    excel.router,
    answer.router,
    batch_answers.router,
    offered_answers.router,
    public_question.router,
    fallback.router,
)
