"""A reporter of the long run: he answers what he is asked, each question once, and knows at the end what must have been received."""

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.crash.commune import START
from tests.crash.messengers import Came, Hand

if TYPE_CHECKING:
    from tests.crash.district import District

QUESTIONS = 5
BREATH = 3
"""So many answers a hurried reporter gives without waiting for the questions."""
ALARMING = 50
"""More cases are asked back, and want a reason."""
COMPANIES = ("may", "giày", "gạch", "gỗ")
"""Words without a number: a reason with one in it is asked back."""
UNKNOWN_DAYS = 5
"""For so long nobody knows what is usual for a unit, so no figure within the form's limits is asked back."""
LEVELS = {"green": "Vùng xanh", "red": "Vùng đỏ"}
NOTHING = "bỏ qua"
LABELS = ("Số ca mắc mới", "Trong đó: tử vong", "Số người đang cách ly", "Mức độ", "Ghi chú")
"""Of the questions, in their order."""
GLANCE = 3.0
"""After so many seconds without a word he looks whether he still has anything to expect."""


class Reporter:
    """`unit_id`: his commune. `answers`: what he means to report today, as it must be kept; `cases`: all that he has ever reported."""

    def __init__(self, district: "District", person: Hand, unit_id: int, chance: random.Random) -> None:
        self.district, self.person, self.unit_id, self._chance = district, person, unit_id, chance
        self.answers: dict[str, dict[str, Any]] = {}
        self.cases = self._days = 0
        self._known = set[tuple[str, str]]()

    async def reports(self) -> None:
        """From the reminder to the receipt. AssertionError where an answer is asked for again, or nothing comes."""
        self.make_up()
        self._answered, self._begged, self._has_sent = 0, 0, False
        self._taken = set[int]()
        self._open: tuple[int, Came] | None = None
        self._unknown = self.district.unknown_of(self.person)
        while (message := await self._hears()) is not None:
            if "đã tiếp nhận" in message.text or (self._has_sent and "đã được tiếp nhận" in message.text):
                break
            await self._reacts(message)
        self.cases += int(self.answers["cases"]["value"])

    def make_up(self) -> None:
        chance = self._chance
        cases = chance.randint(ALARMING + 1, 90) if chance.random() < 0.1 else chance.randint(0, ALARMING)
        self.answers = {
            "cases": {"value": cases},
            "deaths": {"value": chance.randint(0, cases)},
            "isolated": {"value": chance.randint(0, 500)},
            "level": {"value": chance.choice(list(LEVELS))},
            "remark": {"value": f"đã họp ở công ty {chance.choice(COMPANIES)}"}
            if chance.random() < 0.5
            else {"state": "empty"},
        }
        self._days += 1
        self._hurries = cases <= ALARMING and self._days <= UNKNOWN_DAYS and chance.random() < 0.5
        if cases > ALARMING:
            self.answers["cases"]["reason"] = f"chùm ca bệnh ở công ty {chance.choice(COMPANIES)}"

    async def _hears(self) -> Came | None:
        """The next message that is no copy; None when the report is there and nobody knows whether its receipt came."""
        while True:
            try:
                message = await self.person.next_message(GLANCE)
            except TimeoutError:
                if self.district.expects_something(self.person, self.unit_id):
                    continue
                if self._open is not None:  # what he had answered it was offered to him perhaps, and that never came
                    (place, asked), self._open = self._open, None
                    await (self._gives(place, asked) if place else self._reasons())
                    continue
                unknown = self.district.unknown_of(self.person)
                silent = f"{self.person.name} hears nothing more after {self._answered} answers"
                assert unknown > self._unknown, f"{silent}:\n{self.district.about(self.person)}"
                self._unknown = unknown
                if self._has_sent:
                    return None
                await self.person.says("/baocao")
                self._begged += 1
                continue
            self._is_again = message.identity in self._known and self._begged > 0
            if self._is_again:  # what he has begged for may be what he knows
                self._begged -= 1
                return message
            if message.identity not in self._known:
                self._known.add(message.identity)
                return message

    async def _reasons(self) -> None:
        doubted = list(self.answers.values())[self._answered - 1]  # it is beyond the form's limit, or not usual here
        await self.person.says(doubted.setdefault("reason", "đã kiểm tra kỹ"))

    async def _reacts(self, message: Came) -> None:
        self._open = None
        if "Gửi" in message.labels:
            assert self._answered == QUESTIONS, f"to be sent after {self._answered} answers:\n{message.text}"
            self._has_sent = True
            await self.person.chooses("Gửi", message)
        elif "Báo cáo ngay" in message.labels:
            await self.person.chooses("Báo cáo ngay", message)
        elif "ghi ngắn gọn lý do" in message.text and self._is_again:
            self._open = 0, message
        elif "ghi ngắn gọn lý do" in message.text:
            await self._reasons()
        elif "Ghi" in message.labels:
            await self._says_whether(message)
        elif "đã được tiếp nhận" in message.text:  # what he begged for last, when the day before was over
            day = START.date() + timedelta(days=self._days - 2)
            assert f"Báo cáo ngày {day:%d/%m/%Y}" in message.text, f"sent by nobody:\n{message.text}"
        elif "không còn nữa" in message.text:
            await self.person.says("/baocao")  # what he was offered stood there no more when he chose
            self._begged += 1
        else:
            await self._answers(message)

    async def _answers(self, message: Came) -> None:
        asked = next((n for n in range(1, QUESTIONS + 1) if f"({n}/{QUESTIONS})" in message.text), 0)
        assert asked, f"not understood:\n{message.text}\n{message.labels}"
        if asked <= self._answered and (self._begged or self._is_again):
            self._open = asked, message
            self._begged -= (
                not self._is_again
            )  # he asked for it, and what nobody knew of came after all, and he has answered it
            if "Đang ghi: " in message.text and f"Đang ghi: {self._said(asked)}." not in message.text:
                self._open = None
                await self._gives(asked, message)  # what he had typed for another question was taken for this one's
        elif asked <= self._answered:
            assert self._hurries, f"{asked} is asked for again:\n{message.text}"
            assert asked <= BREATH, f"{asked} is asked for again:\n{message.text}"
        if asked <= self._answered:
            return
        last = BREATH if self._hurries and asked == 1 else asked
        for place in range(asked, last + 1):
            self._answered = place
            await self._gives(place, message)

    async def _says_whether(self, offered: Came) -> None:
        """Nobody knows whether the question came, so what he has typed since is offered for its answer, one after the other."""
        place = next(place for place, label in enumerate(LABELS, 1) if f"• {label}: " in offered.text)
        meant = self._said(place).replace(NOTHING, "để trống")
        if place in self._taken:
            return  # what he had typed on without waiting is not taken; he was shown the offer again before he answered it
        if f"• {LABELS[place - 1]}: {meant}\n" in offered.text:
            self._answered = place
            self._taken.add(place)
            await self.person.chooses("Ghi", offered)
        else:
            self._begged += 1  # what is open is asked again
            await self.person.chooses("Không", offered)

    async def _gives(self, place: int, message: Came) -> None:
        if LABELS[place - 1] == "Mức độ":
            await self.person.chooses(self._said(place), message)
        else:
            await self.person.says(self._said(place))

    def _said(self, place: int) -> str:
        """The answer to a question, as it is typed or stands on its button."""
        answer = list(self.answers.values())[place - 1].get("value", NOTHING)
        return LEVELS.get(answer, str(answer))
