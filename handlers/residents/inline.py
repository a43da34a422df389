"""@bot thọ dân in any chat: the official figure, to be sent there by whoever asks for it."""

from collections.abc import Iterable
from html import unescape
from re import sub

from handlers.common.reply_language import answering
from handlers.residents.public_answer import answer_to, slowed, view_of, vocabulary_of
from messages.residents.view import View
from reporting.effects import AnswerInline, Article
from reporting.incoming import InlineQuestion
from reporting.text_pieces import pieces
from services.context import Context
from understanding import Inquiry, understand
from understanding.inquiry import ABOUT_FIGURES
from understanding.settling import settle

MOST = 10
"""So many units are offered where several may be meant."""
LONGEST = 200
"""So many letters of an answer stand under its title in the list."""


def inquire(query: InlineQuestion, context: Context) -> list[AnswerInline]:
    """Answers with what is certain, one article for each unit that may be meant; nothing typed yet: the whole area."""
    view = view_of(context, query, answering(context.words_for(query), query.text))
    if slowed(context, view, query) is not None:
        return [_answered(view, query.query_id, [])]
    articles = [_article(context, view, each) for each in _asked(context, view, query.text)]
    return [_answered(view, query.query_id, articles)]


def _asked(context: Context, view: View, text: str) -> list[Inquiry]:
    meant = understand(text, vocabulary_of(context), context.today) if text.strip() else Inquiry("overview", "overview")
    return _certain(settle(meant, view))


def _certain(inquiry: Inquiry) -> list[Inquiry]:
    """The inquiries that may be answered: the one itself, or one for each of several units of such a name; else none."""
    if inquiry.intent not in ABOUT_FIGURES:
        return []
    if inquiry.doubts == ("unit",) and not inquiry.may_be_other:
        return [inquiry.with_unit(unit) for unit in inquiry.unit_choices[:MOST]]
    return [] if inquiry.doubts else [inquiry]


def _article(context: Context, view: View, inquiry: Inquiry) -> tuple[str, str, str]:
    (said,) = answer_to(context, view, inquiry)
    plain = unescape(sub(r"<[^>]+>", "", said.text))
    title = ", ".join(view.named(unit) for unit in inquiry.units[:3]) or view.words.plain("inline_title")
    return title, plain[:LONGEST], pieces(said.text, context.channel(view.to).text_length)[0]


def _answered(view: View, query_id: str, articles: Iterable[tuple[str, str, str]]) -> AnswerInline:
    found = (Article(str(number), *each) for number, each in enumerate(articles))
    return AnswerInline(view.to, query_id, tuple(found))
