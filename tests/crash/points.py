"""The points at which the bot is killed, in the order in which an update and its answer pass them."""

from dataclasses import dataclass, replace

from tests.crash.traps import COMMIT, Step, Trap, When

TAP, DOUBTED, REASON, REFUSED, SECOND, THIRD, CHOICE, SKIP, SEND = range(1, 10)
"""What the reporter says, by its place: the tap on «Báo cáo ngay» first, «Gửi» last."""
BATCH = 3
"""What the hurried reporter says from his reason to his third answer comes in one batch, the third that is heard."""

HEAR, STORE = "bot.running.clerk:Clerk.hear", "storage.messages.inbox:put"
TAKE, HANDLE = "storage.messages.inbox:take", "bot.running.dispatch:Dispatch.handle"
SAVE, PUT, ACCEPT = "storage.reports.drafts:save", "storage.messages.outbox:put", "services.submit_report:accept"
CLAIM, MARK = "storage.messages.delivery:claim", "storage.messages.delivery:mark"
SAY, ACKNOWLEDGE = (f"bot.telegram.speaker:Speaker.{name}" for name in ("_do", "acknowledge"))
CALL = "bot.telegram.message_sender:MessageSender._send_new"
UNTIL_KILLED = 120.0
"""Seconds: the bot stands there until whoever runs it has seen that the messenger was told, and kills it."""


@dataclass(frozen=True, slots=True)
class Point:
    """Where the bot is killed; each further trap kills the bot that was started after the one before.

    `hurried`: the reporter does not wait for questions. `confirmed`: by then Telegram has been told that all is stored.
    `slow`: Telegram takes its time with the answer to what the reporter says at this place.
    """

    name: str
    traps: tuple[Trap, ...]
    hurried: bool = False
    confirmed: bool = False
    slow: int = 0

    def __str__(self) -> str:
        return self.name


def at(name: str, when: When, place: str, nth: int = 1) -> Point:
    return Point(name, (Trap((Step(when, place, nth),)),))


def since(name: str, handled: int, *steps: tuple[When, str]) -> Point:
    """From the moment on at which so many updates have been handled."""
    return Point(name, (then(handled, *steps),))


def then(handled: int, *steps: tuple[When, str]) -> Trap:
    return Trap((Step("after", HANDLE, handled), *(Step(*step) for step in steps)))


def _reminder(name: str, *steps: tuple[When, str]) -> Point:
    """From the moment on at which the reminder has been recorded."""
    return Point(
        name, (Trap((Step("after", "storage.schedule.reminder_log:record"), *(Step(*step) for step in steps))),)
    )


def on_the_way(name: str, handled: int) -> Point:
    trap = Trap((Step("after", HANDLE, handled), Step("during", CALL)), pause=0.1)
    return Point(name, (trap,), slow=handled)


_CLAIMED = then(SECOND, ("before", CALL))
_BEGINS = Trap((Step("after", "bot.telegram.messenger:Telegram.prepare"),))

HEARING = (
    at("heard, not handed to the clerk", "before", HEAR, SECOND),
    at("before it is put in the inbox", "before", STORE, SECOND),
    at("after it is put in the inbox", "after", STORE, SECOND),
    Point("before the inbox's commit", (Trap((Step("after", STORE, SECOND), Step("before", COMMIT))),)),
    Point("after the inbox's commit, not confirmed", (Trap((Step("after", STORE, SECOND), Step("after", COMMIT))),)),
    at("stored, before the ear asks on", "after", HEAR, SECOND),
    Point(
        "before the call that confirms it",
        (Trap((Step("after", HEAR, SECOND), Step("before", "bot.telegram.ear:Ear._call"))),),
    ),
    Point("confirmed, not handled", (Trap((Step("before", HANDLE, SECOND),), UNTIL_KILLED),), confirmed=True),
    at("a tap, before it is acknowledged", "before", ACKNOWLEDGE, 2),
    at("a tap, after it is acknowledged", "after", ACKNOWLEDGE, 2),
    Point("«Gửi» is stored, not confirmed", (Trap((Step("after", STORE, SEND), Step("after", COMMIT))),)),
    Point("«Gửi» is confirmed, not handled", (Trap((Step("before", HANDLE, SEND),), UNTIL_KILLED),), confirmed=True),
)
HANDLING = (
    at("taken from the inbox and marked as done, not handled", "after", TAKE, SECOND),
    at("the draft is begun", "after", "storage.reports.drafts:begin"),
    at("the chat is taken to the draft", "after", "storage.reports.drafts:go_to"),
    at("the first question is chosen", "after", SAVE),
    at("before a doubted answer is kept", "before", SAVE, DOUBTED),
    at("after the reason for it is kept", "after", SAVE, REASON),
    at("an answer is refused", "after", HANDLE, REFUSED),
    since("before the next question is put in the outbox", SECOND, ("before", PUT)),
    since("after the next question is put in the outbox", SECOND, ("after", PUT)),
    since("before the commit of the second answer", SECOND, ("before", COMMIT)),
    since("after the commit of the second answer", SECOND, ("after", COMMIT)),
    since("before the commit of the tapped choice", CHOICE, ("before", COMMIT)),
    since("after the commit of the skipped question", SKIP, ("after", COMMIT)),
)
SENDING = (
    at("before the report is accepted", "before", ACCEPT),
    at("after the report's row", "after", "storage.reports.reports:add"),
    at("before its figures", "before", "storage.figures.figures:put"),
    at("after its figures", "after", "storage.figures.figures:put"),
    at("after its audit line", "after", "storage.database.audit:write"),
    at("after the draft is marked as sent", "after", SAVE, SEND - 1),
    at("the receipt is worded", "after", HANDLE, SEND),
    since("the receipt is in the outbox", SEND, ("after", PUT)),
    since("before the commit of the report", SEND, ("before", COMMIT)),
    since("after the commit of the report", SEND, ("after", COMMIT)),
)
SPEAKING = (
    _reminder("before the reminder is claimed", ("after", COMMIT), ("before", CLAIM)),
    _reminder("the reminder is claimed", ("after", CLAIM)),
    _reminder("before the commit of the claim", ("after", CLAIM), ("before", COMMIT)),
    _reminder("after the commit of the claim", ("after", CLAIM), ("after", COMMIT)),
    since("between the claim and the call", SECOND, ("before", CALL)),
    on_the_way("the question is on its way", SECOND),
    since("the question is said, not marked", SECOND, ("after", CALL)),
    since("before the question is marked", SECOND, ("after", CALL), ("before", MARK)),
    since("before the commit of the mark", SECOND, ("after", CALL), ("after", MARK), ("before", COMMIT)),
    since("after the commit of the mark", SECOND, ("after", CALL), ("after", MARK), ("after", COMMIT)),
    since("between the receipt's claim and its call", SEND, ("before", SAY)),
    on_the_way("the receipt is on its way", SEND),
    since("the receipt is said, not marked", SEND, ("after", CALL)),
)
TICKING = (
    at("the tick has planned a reminder", "after", "bot.running.due:plan"),
    at("after the reminder is recorded as said", "after", "storage.schedule.reminder_log:record"),
    _reminder("before the commit of the reminder", ("before", COMMIT)),
    _reminder("after the commit of the reminder", ("after", COMMIT)),
    at("the reminder is said, not marked", "after", CALL),
)
IN_A_GROUP = (
    Point("after the first of a group is handled", (Trap((Step("after", HANDLE, REASON),)),), hurried=True),
    Point("after the second of a group is put in the outbox", (then(REFUSED, ("after", PUT)),), hurried=True),
    Point("before the commit of a group", (then(THIRD, ("before", COMMIT)),), hurried=True),
    Point("after the commit of a group", (then(THIRD, ("after", COMMIT)),), hurried=True),
    Point(
        "a batch is stored, not confirmed", (Trap((Step("after", STORE, BATCH), Step("after", COMMIT))),), hurried=True
    ),
    Point(
        "before the commit of the claim of a reply that waited for the one before it",
        (then(THIRD, ("after", CLAIM), ("before", COMMIT)),),
        hurried=True,
    ),
    Point(
        "after the commit of the claim of a reply that waited for the one before it",
        (then(THIRD, ("after", CLAIM), ("after", COMMIT)),),
        hurried=True,
    ),
)
AGAIN = (
    Point("killed again when it takes over what was being said", (_CLAIMED, Trap((Step("after", MARK),)))),
    Point("killed again before its clerk works", (then(SECOND, ("before", COMMIT)), _BEGINS)),
    Point("killed four times while it handles one answer", (then(SECOND), *(Trap((Step("after", HANDLE),)),) * 3)),
)
POINTS = (*HEARING, *HANDLING, *SENDING, *SPEAKING, *TICKING, *IN_A_GROUP, *AGAIN)
_ON_BOTH = (
    "before the inbox's commit",
    "after the inbox's commit, not confirmed",
    "confirmed, not handled",
    "before the commit of the second answer",
    "after the commit of the second answer",
    "after its figures",
    "before the commit of the report",
    "between the claim and the call",
    "the question is said, not marked",
    "before the commit of the reminder",
    "before the commit of a group",
    "killed again when it takes over what was being said",
)
ON_POSTGRESQL = tuple(point for point in POINTS if point.name in _ON_BOTH)
"""A dozen of them, where the two databases could differ: what a lost connection leaves of a transaction and of its locks."""


_THERE = {
    SAY: "bot.zalo.speaker:ZaloSpeaker._do",
    CALL: "bot.zalo.speaker:ZaloSpeaker._send",
    "bot.telegram.messenger:Telegram.prepare": "bot.zalo.messenger:Zalo.prepare",
}
"""The places of Telegram's that Zalo has too. Taps to acknowledge, batches and a call that confirms it has not."""
ZALO_CALL = _THERE[CALL]


def place_at_zalo(place: str) -> str:
    """The same place on the way of what somebody at Zalo says."""
    return _THERE.get(place, place)


def _at_zalo(point: Point) -> Point:
    steps = [[replace(step, place=place_at_zalo(step.place)) for step in trap.steps] for trap in point.traps]
    return replace(
        point, traps=tuple(Trap(tuple(way), trap.pause) for way, trap in zip(steps, point.traps, strict=True))
    )


AT_ZALO = tuple(
    made
    for made in map(_at_zalo, POINTS)
    if not made.hurried and not any("bot.telegram" in step.place for trap in made.traps for step in trap.steps)
)
_ALWAYS_AT_ZALO = (
    "before the inbox's commit",
    "after the inbox's commit, not confirmed",
    "stored, before the ear asks on",
    "confirmed, not handled",
    "before the commit of the second answer",
    "before the commit of the tapped choice",
    "before the commit of the report",
    "between the claim and the call",
    "the receipt is on its way",
    "the question is said, not marked",
    "after the commit of the reminder",
    "killed again before its clerk works",
)
USUAL_AT_ZALO = tuple(point for point in AT_ZALO if point.name in _ALWAYS_AT_ZALO)
"""A dozen of them, on every part of the way; `make endure` takes all."""
ZALO_ON_POSTGRESQL = tuple(point for point in USUAL_AT_ZALO if point.name in _ALWAYS_AT_ZALO[1::4])
"""What came is stored, and not confirmed; a choice that was typed; what is uncertain when it is taken over."""
