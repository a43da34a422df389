"""A commune with one of everything that people do with the bot, and people around it who have no right to any of it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from reporting.people import ROLES, Address, Duty
from services.end_duty import end_duty
from simulator.seen import Seen
from storage.database.tables import metadata
from storage.organisation import people
from tests.conversations.house import House, Talker, fills_in

OWN, BESIDE, SECRET = "15742", "15700", "dân chưa khai báo"
SECRETS = (SECRET, "4.719", "4719")
"""The commune, the one beside it, and words of its report, and a figure, that are for no others."""
WATCHED_BY_CLOCK = {
    "alert",
    "said",
    "rule_run",
    "usual_range",
    "pause",
    "group_total",
    "portal_delivery",
    "portal_receipt",
}
"""What the clock writes, and sums to which the commune beside adds."""
OF_THE_WAY = {"inbox", "outbox", "audit", "audit_chain", "audit_words", "wrong_code", "code_turn", "session", "link"}
"""The way of messages, and lines about what was tried."""
SET_BY_CLOCK = "reminded_at"
"""What it sets in rows of others; a person who does it leaves an audit line."""
UNWATCHED = WATCHED_BY_CLOCK | OF_THE_WAY
Row = tuple[tuple[str, Any], ...]
Rows = Mapping[str, set[Row]]


def buttons_of(seen: Seen) -> list[str]:
    """What the buttons of a message carry back."""
    return [button.data for row in seen.buttons for button in row if button.data]


class World:
    """`victims`: by their role, the commune's people, its leader and the desk; `strangers`: one in each role beside it, a resident.

    `since`: the audit's line behind which nobody may have done anything elsewhere.
    """

    def __init__(self, house: House, name: str = "") -> None:
        """`name`: what stands behind everybody's own."""
        self.house, self.name = house, name
        self.victims: dict[str, Talker] = {}
        self.strangers: dict[str, Talker] = {}
        self.presses: list[str] = []
        self.since = 0

    async def begins(self, *, forgets: bool = True) -> None:
        house = self.house
        for name, role, code in (
            ("Lê Văn Nam", "reporter", OWN),
            ("Vũ Thị Đào", "deputy", OWN),
            ("Nguyễn Thị Hương", "chair", OWN),
            ("Trần Thị Hoa", "leader", "397"),
            ("Đỗ Văn Bàn", "admin", "397"),
        ):
            self.victims[role] = await house.joined(f"{name} {self.name}".strip(), role, code)  # type: ignore[arg-type]
        for role in ROLES:
            self.strangers[role] = await house.joined(f"Người {role} {self.name}".strip(), role, BESIDE)
        self.strangers["resident"] = house.talker("Bà Lan")
        await self.strangers["resident"].says("/start")
        await self._lives()
        for each in (*self.victims.values(), *self.strangers.values()):
            self.presses += [press for seen in each.person.reads() for press in buttons_of(seen)]
            if forgets:
                each.forgets()

    async def _lives(self) -> None:
        """A report with words for no others, asked back; a digest, a page, a target, announcements, invitations, proposals, files."""
        reporter, leader, admin = (self.victims[role] for role in ("reporter", "leader", "admin"))
        await fills_in(reporter, (8, "4719"), (20, SECRET))
        await reporter.taps("Gửi")
        for text in ("/hoilai thọ dân ca mắc mới", "/tonghop", "/giaoban", "/muctieu thọ dân f0 mới không quá 9 mỗi ngày",
                     "/donvi thọ dân", "/nhansu thọ dân", "/tinhhinh", "/thongbao thọ dân: mai họp", "gửi"):  # fmt: skip
            await leader.says(text)
        for text in ("/thongbao thọ dân: họp kín", "/moi thọ dân", "/moi phiếu thọ dân", "/moi", "/dexuat", "/chuagui"):
            await admin.says(text)
        for text in (
            "/dexuat",
            "Số hộ thiếu nước sạch",
            "Phải chở nước",
            "hộ",
            "gửi đề xuất",
            "/nghi",
            "/bangiao",
            "/baocao",
        ):
            await reporter.says(text)
        await self.victims["deputy"].says("/baocao")
        await self.strangers["resident"].says("thọ dân hôm nay?")

    def leave(self) -> None:
        """What they hear is not looked at any more."""
        for each in (*self.victims.values(), *self.strangers.values()):
            each.forgets()

    def forgets(self) -> list[str]:
        """What the strangers have heard since."""
        return [each.text for talker in self.strangers.values() for each in talker.forgets()]

    async def failures(self) -> list[str]:
        """Updates that were set aside, and messages that could not be said for what is in them."""

        def read(connection: Connection) -> list[str]:
            tables = ((metadata.tables["inbox"], "aside"), (metadata.tables["outbox"], "dead"))
            return [
                f"{table.name}: {each}"
                for table, state in tables
                for each in connection.execute(select(table.c.error).where(table.c.state == state)).scalars()
            ]

        return await self.house.running.clerk.write(read)

    async def rows(self) -> Rows:
        """Everything that is kept but for what the clock writes and what is tried."""

        def read(connection: Connection) -> Rows:
            return {
                table.name: {_row(dict(each)) for each in connection.execute(select(table)).mappings()}
                for table in metadata.sorted_tables
                if table.name not in UNWATCHED
            }

        return await self.house.running.clerk.write(read)

    async def parts(self, ends: Collection[str], moves: Collection[str]) -> None:
        """The victims in these roles become strangers: their duties end, or are at the commune beside from today on."""

        def part(connection: Connection) -> int:
            context = self.house.running.dispatch.context(connection, self.house.simulator.clock.now())
            beside = context.tree.find(BESIDE, context.today)
            assert beside is not None
            for role in (*ends, *moves):
                person = people.at(connection, Address("telegram", str(self.victims[role].person.id)))
                assert person is not None
                for duty in people.duties_of(connection, person.id, context.today):
                    end_duty(context, duty, None)
                    if role in moves:
                        people.charge(connection, Duty(person.id, beside.id, duty.role, context.today))
            return int(connection.execute(select(func.max(metadata.tables["audit"].c.id))).scalar_one())

        self.since = await self.house.running.clerk.write(part)
        for role in (*ends, *moves):
            self.strangers[f"former {role}"] = self.victims.pop(role)

    async def own_unit(self) -> int:
        """The commune's id."""

        def read(connection: Connection) -> int:
            unit = metadata.tables["unit"]
            return int(connection.execute(select(unit.c.id).where(unit.c.code == OWN)).scalar_one())

        return await self.house.running.clerk.write(read)

    async def ids(self) -> tuple[set[str], set[int], int]:
        """The strangers' addresses, who they are, and the id of the unit beside."""
        addresses = {str(each.person.id) for each in self.strangers.values()}

        def read(connection: Connection) -> tuple[set[str], set[int], int]:
            address, unit = metadata.tables["address"], metadata.tables["unit"]
            found = connection.execute(select(address.c.person_id).where(address.c.address.in_(addresses))).scalars()
            beside = connection.execute(select(unit.c.id).where(unit.c.code == BESIDE)).scalar_one()
            return addresses, {each for each in found if each is not None}, beside

        return await self.house.running.clerk.write(read)

    async def harm(self, before: Rows) -> list[str]:
        """What has been changed of what is not the strangers' own, or has come to be about anybody else."""
        after, (addresses, people, beside) = await self.rows(), await self.ids()

        def is_theirs(row: Mapping[str, Any]) -> bool:
            whose = {row.get(name) for name in ("person_id", "holder_id", "sent_by", "set_by", "made_by")} - {None}
            if row.get("address") is not None:
                return row["address"] in addresses
            if row.get("unit_id") is not None:
                return bool(row["unit_id"] == beside)
            return bool(whose) and bool(whose <= people)

        return await self._acted(people, beside) + [
            f"{how} {name}: {dict(row)}"
            for name in before
            for how, rows in (("gone or changed", before[name] - after[name]), ("new", after[name] - before[name]))
            for row in _sorted(rows)
            if not is_theirs(dict(row))
        ]

    async def _acted(self, people: set[int], beside: int) -> list[str]:
        """What strangers have done, by the audit, at other units than their own; refusals are none of it."""
        audit = metadata.tables["audit"]

        def read(connection: Connection) -> list[str]:
            lines = select(audit).where(audit.c.who.in_(people), audit.c.what != "refused")
            elsewhere = lines.where(audit.c.id > self.since, audit.c.unit_id.is_not(None), audit.c.unit_id != beside)
            return [f"acted: {dict(each)}" for each in connection.execute(elsewhere).mappings()]

        return await self.house.running.clerk.write(read)


def _row(row: Mapping[str, Any]) -> Row:
    """What is kept of it."""
    kept = ((name, value) for name, value in row.items() if name != SET_BY_CLOCK)
    return tuple((name, value if isinstance(value, str | int | None) else repr(value)) for name, value in kept)


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=repr)
