"""Methods that answer a tap or an inline query."""

from __future__ import annotations

from simulator import markup
from simulator.bots import Query
from simulator.errors import Refusal
from simulator.requests import MISSING, Request
from simulator.updates import LIVES

MOST_ANSWER = 200
MOST_RESULTS = 50


def _query(request: Request, name: str, kind: str) -> Query:
    query = request.bot.queries.get(request.params[name])
    now = request.cloud.clock.seconds()
    if query is None or query.answer is not None or now - query.at > LIVES[kind]:
        raise Refusal(MISSING["callback_query_id"])
    return query


def answer_callback_query(request: Request) -> bool:
    query = _query(request, "callback_query_id", "callback_query")
    text = request.get("text", "")
    if len(text) > MOST_ANSWER:
        raise Refusal("MESSAGE_TOO_LONG")
    url = request.get("url", "")
    if url and not url.startswith((f"t.me/{request.bot.user.username}", f"https://t.me/{request.bot.user.username}")):
        raise Refusal("URL_INVALID")
    query.answer = {"text": text, "show_alert": request.get("show_alert", False), "url": url}
    request.cloud.hub.tell(
        "toast",
        lambda: {
            "person": query.person_id,
            "chat": query.chat_key,
            "id": query.message_id,
            "text": text,
            "alert": request.get("show_alert", False),
        },
    )
    request.cloud.pulse.beat()
    return True


def answer_inline_query(request: Request) -> bool:
    query = _query(request, "inline_query_id", "inline_query")
    results = request.params["results"]
    if len(results) > MOST_RESULTS:
        raise Refusal("RESULTS_TOO_MUCH")
    ids = [result["id"] for result in results]
    if len(set(ids)) < len(ids):
        raise Refusal("RESULT_ID_DUPLICATE")
    for result in results:
        if not 1 <= len(result["id"].encode()) <= 64:
            raise Refusal("RESULT_ID_INVALID")
        if result["type"] == "article" and not result["input_message_content"].get("message_text", "x").strip():
            raise Refusal("MESSAGE_EMPTY")
        markup.inline(result.get("reply_markup"))
    names = ("results", "next_offset", "button", "is_personal", "cache_time")
    query.answer = {name: request.params[name] for name in names if name in request.params}
    request.cloud.pulse.beat()
    return True


METHODS = {"answerCallbackQuery": answer_callback_query, "answerInlineQuery": answer_inline_query}
