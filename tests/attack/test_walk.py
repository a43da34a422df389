"""A long walk through the whole conversation with faults on: after every step the same things hold, whatever came before.

Reporters, chairs, a leader, an admin and a resident say and tap what they might, in chat and on a report's page; reports are sent,
corrected, returned, approved, opened again; the clock goes over deadlines and midnight, the process is started anew, updates come
twice and in another order, the Bot API loses answers; communes are merged and forms get new versions. A failure says the seed and
the shortest walk that was found to fail too.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from storage.database.audit_chain import check_chain
from storage.database.tables import metadata
from storage.reports import forms
from tests.attack.walked_acts import WEIGHTS, Acts, Step, drawn
from tests.attack.walked_district import MERGED, SECRETS, TITLES, District, Heard, district
from tests.attack.walked_ledger import NUMBER, Ledger, deeds, kept, receipts
from tests.attack.walked_reports import PLACE
from tests.conversations.house import START
from tests.endurance import ENDURING, SEED, times

pytestmark = pytest.mark.endure
STEPS, WALKS = times(60, 700), times(1, 3)
OFTEN = 10
"""After so many steps residents ask, and the audit's chain is looked at."""
MUST = ("report", "correction", "returned", "approved", "reopened", "units", "form", "form sent")
"""What the audit of a long walk has."""
TRIES = times(0, 60)
"""How many shorter walks are tried when one fails."""
ASKED = {"planted": "cây mới trồng", "planted_cum": "lũy kế cây đã trồng", "beds": "giường trống"}
TOLD = re.compile(r"^[^\n]*\((?P<day>\d\d/\d\d/\d{4})\) – [^\n:]+: (?P<value>[\d.]+)\.")
REMINDED = re.compile(r"Kính gửi: .*\n(Đã hết thời hạn|Đây là lần nhắc thứ|Đến \d\d giờ)")
draft, address, outbox = (metadata.tables[name] for name in ("draft", "address", "outbox"))


class Walk:
    """Steps, and whether all holds behind each."""

    def __init__(self, place: District) -> None:
        self.district, self.house, self.acts = place, place.house, Acts(place)
        self.once: Counter[tuple[str, str]] = Counter()
        self.confirmed: dict[str, dict[str, int]] = {}
        self.steps = self.residents = 0

    async def takes(self, step: Step) -> list[str]:
        """Does it; what does not hold then."""
        self.steps += 1
        await self.acts.do(step)
        wrong = [each for heard in self.district.heard() for each in self._listens(heard)]
        ledger = await self.house.running.clerk.write(kept)
        wrong += [*ledger.wrong, *ledger.unlike(), *self._confirmed(ledger), *await self._screens()]
        wrong += await self._said_too_often()
        if self.steps % OFTEN == 0:
            wrong += [*await self._told(ledger), *await self._chain(), *await self._without_receipt(ledger)]
        return wrong

    def tells(self, done: Counter[str]) -> None:
        """What the walk has been through. A long one that has left something out proves nothing of it."""
        acts = self.acts.often
        days = (self.acts.today() - START.date()).days
        print(f"{self.steps} steps, {days} days, {self.residents} questions: {dict(acts)}; done: {dict(done)}")  # noqa: T201
        if ENDURING:
            assert [each for each in WEIGHTS if not acts[each]] == []
            assert [each for each in MUST if not done[each]] == [], done

    def _listens(self, heard: Heard) -> Iterator[str]:
        """Figures and words that he may not read; receipts are remembered."""
        for prefix in SECRETS.findall(heard.text):
            if not heard.walker.may_read(prefix, is_merged=self.district.is_merged):
                yield f"{heard.walker.name} reads {prefix}: {heard.text}"
        if REMINDED.match(heard.text):
            self.once[heard.walker.name, heard.text] += 1
        if found := NUMBER.search(heard.text):
            self.once[heard.walker.name, found[1]] += 1
            self.confirmed[found[1]] = receipts(heard.text)

    def _confirmed(self, ledger: Ledger) -> Iterator[str]:
        """What a receipt named is what stands in that revision."""
        for number, figures in self.confirmed.items():
            answers = ledger.by_number.get(number)
            if answers is None or any(answers[name]["value"] != value for name, value in figures.items()):
                yield f"{number} was received with {figures}, and is {answers}"

    async def _said_too_often(self) -> list[str]:
        """A receipt and a reminder come once, and once more for each time that nobody knew whether it had come."""
        often = {said: count for said, count in self.once.items() if count > 1}
        if not often:
            return []

        def read(connection: Connection) -> list[str]:
            rows = connection.execute(select(outbox.c.say, outbox.c.uncertain).where(outbox.c.uncertain > 0))
            uncertain = [(row.say["text"], row.uncertain) for row in rows]
            asked_for = 1 if uncertain else 0  # what is not known to have come the desk may have said again
            return [
                f"{name} heard {count} times: {said}"
                for (name, said), count in often.items()
                if count > 1 + asked_for + sum(times for text, times in uncertain if plain(said) in plain(text))
            ]

        return await self.house.running.clerk.write(read)

    async def _without_receipt(self, ledger: Ledger) -> list[str]:
        """Reports whose receipt nobody has heard, and which does not stand among what could not be said."""
        heard = {number for _, number in self.once}

        def read(connection: Connection) -> list[str]:
            rows = connection.execute(select(outbox.c.say).where(outbox.c.state.in_(("unknown", "dead", "new"))))
            unsaid = " ".join(str(row.say) for row in rows)
            return [
                f"nobody has heard of {each}" for each in ledger.by_number if each not in heard and each not in unsaid
            ]

        return await self.house.running.clerk.write(read)

    async def _chain(self) -> list[str]:
        found = await self.house.running.clerk.write(check_chain)
        return [f"the audit's chain: {found.broken}"] if found.broken else []

    async def _told(self, ledger: Ledger) -> list[str]:
        """Residents are told what stands, of each commune that there is and of the district."""
        today, wrong = self.acts.today(), list[str]()
        ids = {code: of for of, code in ledger.codes.items()}
        for on in (today, today - timedelta(days=1)):
            asked = [(f"{ASKED['planted']} huyện Triệu Sơn", ledger.total(on))]
            for code, title in TITLES.items():
                if code in ids and ledger.exists(code, today) and ledger.exists(code, on):
                    running = dict(ledger.running(ids[code]))
                    asked += [
                        (f"{ASKED[name]} {title}", ledger.value(name, ids[code], on)) for name in ("planted", "beds")
                    ]
                    if ledger.is_known(ids[code], on):
                        asked.append((f"{ASKED['planted_cum']} {title}", running.get(on)))
            for question, value in asked:
                self.residents += 1
                answer = await self.district.asks(f"{question} ngày {on:%d/%m}", f"Người hỏi {self.residents}")
                told = TOLD.match(answer)
                said = int(told["value"].replace(".", "")) if told and told["day"] == f"{on:%d/%m/%Y}" else None
                if said != value:
                    wrong.append(f"«{question} {on:%d/%m}»: {value} stands, told is {answer}")
        return wrong

    async def _screens(self) -> list[str]:
        """A draft's question is the last that its reporter has been shown, if nothing on the way to him was lost."""

        def read(connection: Connection) -> dict[str, str]:
            lost = select(outbox.c.address).where(outbox.c.state.in_(("unknown", "dead", "new")))
            rows = select(address.c.address, draft.c.at, draft.c.form, draft.c.version).join(
                draft, draft.c.id == address.c.draft_id
            )
            found = {}
            for row in connection.execute(rows.where(draft.c.state == "asking", address.c.address.not_in(lost))):
                form = forms.version(connection, row.form, row.version)
                names = [each.name for each in form.asked]
                found[row.address] = str(names.index(row.at) + 1) if row.at in names else ""
            return found

        asked, wrong = await self.house.running.clerk.write(read), list[str]()
        for walker in self.district.of("reporter"):
            if self.district.is_merged and walker.code in MERGED:
                continue  # two are at one draft, and each hears of the other's changes when he goes on
            wanted = asked.get(str(walker.talker.person.id), "")
            shown = (PLACE.search(each.text) for each in reversed(walker.talker.person.reads()) if each.by_bot)
            last = next((each[1] for each in shown if each is not None), "")
            if wanted and last != wanted:
                wrong.append(f"{walker.name} is asked question {wanted}, and sees {last}")
        return wrong


async def walked(
    folder: Path, steps: Sequence[Step], name: str, *, tells: bool = False
) -> tuple[int, list[str], list[str]] | None:
    """How many steps were done, what does not hold then, and what was done; None where all holds to the end.

    `tells`: then it says what it has been through, and fails where a long one has left something out.
    """
    async with district(folder, name) as place:
        walk = Walk(place)
        place.heard()
        for number, step in enumerate(steps, 1):
            if wrong := await walk.takes(step):
                return number, wrong, walk.acts.done
        if tells:
            walk.tells(await place.house.running.clerk.write(deeds))
    return None


async def shortened(folder: Path, steps: Sequence[Step], kind: str) -> list[Step]:
    """Steps of these that are enough for the same kind of failure: pieces of them are left out as long as it still comes."""
    kept_steps, size, tries = list(steps), len(steps) // 2, TRIES
    while size and tries:
        at = 0
        while at < len(kept_steps) and tries:
            tries -= 1
            fewer = kept_steps[:at] + kept_steps[at + size :]
            failed = await walked(folder, fewer, "shorter.db")
            if failed is not None and kind_of(failed[1]) == kind:
                kept_steps = fewer[: failed[0]]
            else:
                at += size
        size //= 2
    return kept_steps


def plain(text: str) -> str:
    """Without marks and what stands between words."""
    return re.sub(r"<[^>]+>|\s+", "", text)


def kind_of(wrong: Sequence[str]) -> str:
    """What has gone wrong, without the figures."""
    return re.sub(r"\d+", "0", wrong[0])[:40]


@pytest.mark.parametrize("number", range(WALKS))
async def test_after_every_step_of_a_long_walk_the_same_holds(tmp_path: Path, number: int) -> None:
    steps = drawn(SEED + number, STEPS)
    failed = await walked(tmp_path, steps, "walk.db")
    if failed is None:
        return
    count, wrong, done = failed
    shortest = await shortened(tmp_path, steps[:count], kind_of(wrong))
    pytest.fail(
        "\n".join(
            (f"ENDURE_SEED={SEED + number}", *wrong, "the last of it:", *done[-12:], "enough:", *map(str, shortest))
        )
    )
