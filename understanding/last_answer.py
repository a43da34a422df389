"""What a chat was told last, so that «còn Thọ Sơn thì sao» or a reply goes on from it: codes, for some minutes, stored nowhere."""

from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from html import unescape
from re import sub

from reporting.channel import Channel
from reporting.people import Address
from reporting.say import Say
from reporting.text_pieces import pieces
from understanding import ABOUT_FIGURES, Inquiry

KEPT_FOR = timedelta(minutes=10)
MOST_CHATS = 5000
MOST_OF_A_CHAT = 8
"""Answers of a chat to which somebody may still reply."""


@dataclass(frozen=True, slots=True)
class _Told:
    at: datetime
    asker: str
    inquiry: Inquiry | None
    answers: frozenset[bytes]


class LastTold:
    """By chat, in this process only: who asked, what was understood, and a digest of the answer by which a reply to it is known."""

    def __init__(self) -> None:
        self._told: OrderedDict[Address, deque[_Told]] = OrderedDict()

    def __len__(self) -> int:
        """Of how many chats anything is known."""
        return len(self._told)

    def remember(
        self, to: Address, asker: str, inquiry: Inquiry, said: Sequence[Say], now: datetime, channel: Channel
    ) -> None:
        """Keeps a settled inquiry; what may mean several things is gone on from by nobody."""
        if inquiry.wanted not in ABOUT_FIGURES:
            return
        while self._told and now - next(iter(self._told.values()))[-1].at >= KEPT_FOR:
            self._told.popitem(last=False)
        told = self._told.setdefault(to, deque(maxlen=MOST_OF_A_CHAT))
        self._told.move_to_end(to)
        if len(self._told) > MOST_CHATS:
            self._told.popitem(last=False)
        answers = frozenset(
            _digest(piece) for say in said for most in _lengths(say, channel) for piece in pieces(say.text, most)
        )
        told.append(_Told(now, asker, None if inquiry.meanings else inquiry, answers))

    def newest(self, to: Address, asker: str, now: datetime) -> Inquiry | None:
        """What was told last to whoever asks now; None: nothing in the last minutes."""
        return next((each.inquiry for each in self._fresh(to, now) if each.asker == asker), None)

    def replied(self, to: Address, answer: str, now: datetime) -> Inquiry | None:
        """What the answer with this text was about, whoever had asked; None: it is no longer known."""
        digest = _digest(answer)
        return next((each.inquiry for each in self._fresh(to, now) if digest in each.answers), None)

    def forget(self, to: Address) -> None:
        """Nothing of a chat remains."""
        self._told.pop(to, None)

    def _fresh(self, to: Address, now: datetime) -> list[_Told]:
        return [each for each in reversed(self._told.get(to, ())) if timedelta(0) <= now - each.at < KEPT_FOR]


def _lengths(say: Say, channel: Channel) -> tuple[int, ...]:
    """How long the messages are in which it is told: under a picture a caption, or where none can be drawn the text alone."""
    is_plain = say.photo is None and say.document is None
    return (channel.text_length,) if is_plain else (channel.text_length, channel.caption_length)


def _digest(text: str) -> bytes:
    """Of the words alone: a messenger gives them back without tags, and without spaces at the ends."""
    plain = " ".join(unescape(sub(r"<[^>]+>", "", text)).split())
    return blake2b(plain.encode(), digest_size=16).digest()
