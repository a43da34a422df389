"""@bot thọ dân in any chat: the official figure, to be sent there by whoever asks for it."""

from html import unescape
from re import sub

from aiogram import Router
from aiogram.types import InlineQuery

from handlers.common.addresses import CHANNEL
from handlers.common.reply_language import answering
from handlers.residents.public_answer import answer_to, slowed, view_of, vocabulary_of
from messages.residents.answering import settle
from messages.residents.view import View
from reporting.people import Address
from reporting.pieces import pieces
from reporting.say import Say
from services.context import Context
from understanding import Inquiry, understand
from understanding.inquiry import ABOUT_FIGURES

router = Router(name="inline")
MOST = 10
"""So many units are offered where several may be meant."""
LONGEST = 200
"""So many letters of an answer stand under its title in the list."""


@router.inline_query()
async def inquire(query: InlineQuery, context: Context) -> list[Say]:
    """Answers with what is certain, one article for each unit that may be meant; nothing typed yet: the whole area."""
    to = Address(CHANNEL, str(query.from_user.id))
    person = context.person(to)
    words = answering(context.words(person, query.from_user.language_code), query.query)
    view = view_of(context, to, words)
    if slowed(context, view, query.from_user) is not None:
        return [_answered(view, query.id, [])]
    if query.query.strip():
        inquiry = settle(understand(query.query, vocabulary_of(context), context.today), view)
    else:
        inquiry = settle(Inquiry("overview", "overview"), view)
    return [_answered(view, query.id, [_article(context, view, each) for each in _certain(inquiry)])]


def _certain(inquiry: Inquiry) -> list[Inquiry]:
    """The inquiries that may be answered: the one itself, or one for each of several units of such a name; else none."""
    if inquiry.intent not in ABOUT_FIGURES:
        return []
    if inquiry.doubts == ("unit",) and not inquiry.may_be_other:
        return [inquiry.with_unit(unit) for unit in inquiry.unit_choices[:MOST]]
    return [] if inquiry.doubts else [inquiry]


def _article(context: Context, view: View, inquiry: Inquiry) -> dict[str, str]:
    (said,) = answer_to(context, view, inquiry)
    plain = unescape(sub(r"<[^>]+>", "", said.text))
    title = ", ".join(view.named(unit) for unit in inquiry.units[:3]) or view.words.plain("inline_title")
    return {"title": title, "description": plain[:LONGEST], "text": pieces(said.text)[0]}


def _answered(view: View, query_id: str, articles: list[dict[str, str]]) -> Say:
    found = [{"id": str(number), **each} for number, each in enumerate(articles)]
    return Say(view.to, "", extra={"inline": query_id, "articles": found})
