"""Forms of made-up worlds: flows, running totals, stocks and their parts, as XLSForm in Markdown and as plain arithmetic."""

from dataclasses import astuple, dataclass, replace
from hashlib import sha256
from typing import Literal

Sum = Literal["", "grown", "gap", "run"]
Numbers = dict[str, int]
"""A value for each indicator that has one; what is not known is not in it."""


@dataclass(frozen=True)
class Field:
    """An indicator. `part_of`: the field that its constraint bounds it by; `is_kept`: its default is its own last value.

    `sum` says how it is calculated, `of` from what: «grown» adds a flow to its own last value, «gap» is one total less another and
    nothing where that is less than none, «run» goes on from its own last value with one flow in and one out.
    `is_lenient`: the constraint rests on the very first day, when nothing came before.
    """

    name: str
    label: str
    alias: str
    counted: str
    kind: Literal["flow", "stock", "total"]
    sum: Sum = ""
    of: tuple[str, ...] = ()
    part_of: str = ""
    is_kept: bool = False
    is_lenient: bool = False
    is_growing: bool = False
    is_public: bool = True
    floor: int = 0

    def __repr__(self) -> str:
        signs = [sign for sign in ("run" if self.sum == "run" else "", "lenient" if self.is_lenient else "") if sign]
        return " ".join([self.name.upper(), *signs])

    @property
    def is_asked(self) -> bool:
        return not self.sum


NEW = Field("new", "Số nhà bị ngập phát sinh", "nhà ngập mới", "nhà", "flow")
DEEP = Field("deep", "Trong đó: ngập sâu trên một mét", "nhà ngập sâu", "nhà", "flow", part_of="new")
EVER = Field("ever", "Lũy kế nhà bị ngập", "lũy kế nhà ngập", "nhà", "total", sum="grown", of=("new",))
OVER = Field("over", "Số nhà đã hết ngập trong kỳ", "nhà hết ngập", "nhà", "flow")
OVER_EVER = Field("over_ever", "Lũy kế nhà đã hết ngập", "lũy kế hết ngập", "nhà", "total", sum="grown", of=("over",))
ACTIVE = Field("active", "Số nhà đang ngập", "nhà đang ngập", "nhà", "stock", sum="gap", of=("ever", "over_ever"))
STAYED = Field(
    "stayed", "Trong đó: vẫn còn người ở", "nhà ngập có người", "nhà", "stock", part_of="active", is_kept=True
)
HELPED = Field(
    "helped", "Lũy kế hộ đã được hỗ trợ", "hộ được hỗ trợ", "hộ", "total", is_kept=True, is_growing=True, floor=1000
)
TWICE = Field(
    "twice", "Lũy kế hộ nhận hỗ trợ hai lần", "hộ nhận hai lần", "hộ", "total", part_of="helped", is_growing=True
)
POSTS = Field("posts", "Số chốt trực đê", "chốt trực", "chốt", "stock", floor=200)
MOVED = Field("moved", "Số người đang sơ tán", "người sơ tán", "người", "stock", is_kept=True, floor=3000)
BOATS = Field("boats", "Số thuyền cứu hộ hiện có", "thuyền", "thuyền", "stock", floor=500)
MANNED = Field(
    "manned", "Số thuyền cứu hộ có người lái", "thuyền có lái", "thuyền", "stock", part_of="boats", is_kept=True
)
SPENT = Field("spent", "Số bao cát đã dùng", "bao cát", "bao", "flow", is_public=False, floor=700)

COLUMNS = (
    "type",
    "name",
    "label::Tiếng Việt (vi)",
    "required",
    "constraint",
    "calculation",
    "default",
    "kind",
    "visibility",
    "unit",
    "aliases",
)


@dataclass(frozen=True)
class Sheet:
    """A form: its fields in order, who approves it, and until which day after its own a report may be sent."""

    fields: tuple[Field, ...]
    approval: Literal["none", "leader"] = "none"
    closes: str = "08:00+1d"

    @property
    def by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    @property
    def asked(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.is_asked)

    @property
    def carried(self) -> frozenset[str]:
        """What goes on from day to day: running totals, stocks that begin from their own last value, and the wholes of these."""
        own = {
            f.name for f in self.fields if f.kind == "total" or (f.kind == "stock" and (f.is_kept or f.sum == "run"))
        }
        wholes = {f.part_of for f in self.fields if f.name in own and f.part_of}
        return frozenset(own | wholes)

    @property
    def version(self) -> str:
        return sha256(repr(astuple(self)).encode()).hexdigest()[:12]

    def calculated(self, values: Numbers, last: Numbers) -> Numbers:
        """The calculated fields from a day's answers and what the day before came to; what comes to nothing is not in it."""
        found: Numbers = {}
        for field in self.fields:
            known = {**values, **found}
            got = [known.get(name) for name in field.of]
            if field.sum == "grown":
                found[field.name] = last.get(field.name, 0) + (got[0] or 0)
            elif field.sum == "run":
                found[field.name] = last.get(field.name, 0) + (got[0] or 0) - (got[1] or 0)
            elif field.sum == "gap" and got[0] is not None and got[1] is not None and got[0] >= got[1]:
                found[field.name] = got[0] - got[1]
        return found

    def markdown(self) -> str:
        """The form as it is published."""
        settings = {
            "form_title": "Báo cáo ngập lụt",
            "form_id": "flood",
            "version": self.version,
            "due": "17:00",
            "closes": self.closes,
            "digest": "17:30",
            "remind": "+30m leader",
            "approval": self.approval,
            "topic": "phòng, chống lụt",
            "authority": "UBND huyện Sông Trung",
        }
        rows = [self._row(field) for field in self.fields]
        return "\n\n".join(
            [
                _table("settings", tuple(settings), [tuple(settings.values())]),
                _table("survey", COLUMNS, rows),
            ]
        )

    def _row(self, field: Field) -> tuple[str, ...]:
        return (
            "integer" if field.is_asked else "calculate",
            field.name,
            field.label,
            "yes" if field.is_asked else "",
            self._constraint(field),
            _calculation(field),
            f"${{last-saved#{field.name}}}" if field.is_kept else "",
            field.kind,
            "public" if field.is_public else "internal",
            field.counted,
            field.alias,
        )

    def _constraint(self, field: Field) -> str:
        rules = []
        if field.part_of and field.is_lenient:
            rules.append(
                f"(${{last-saved#{field.part_of}}} = '' or ${{{field.part_of}}} = '' or . <= ${{{field.part_of}}})"
            )
        elif field.part_of:
            rules.append(f"(${{{field.part_of}}} = '' or . <= ${{{field.part_of}}})")
        if field.is_growing:
            rules.append(f". >= coalesce(${{last-saved#{field.name}}}, 0)")
        return " and ".join(rules)


def _calculation(field: Field) -> str:
    match field.sum:
        case "grown":
            return f"coalesce(${{last-saved#{field.name}}}, 0) + coalesce(${{{field.of[0]}}}, 0)"
        case "run":
            one, other = field.of
            return f"coalesce(${{last-saved#{field.name}}}, 0) + coalesce(${{{one}}}, 0) - coalesce(${{{other}}}, 0)"
        case "gap":
            one, other = field.of
            return f"if(${{{one}}} >= ${{{other}}}, ${{{one}}} - ${{{other}}}, '')"
    return ""


def _table(sheet: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [" | ".join(("", sheet, *columns, "")), " | ".join(["", *["---"] * (len(columns) + 1), ""])]
    lines += [" | ".join(("", "", *row, "")) for row in rows]
    return "\n".join(line.strip() for line in lines)


def running(field: Field) -> Field:
    """The same stock, but going on from its own last value."""
    return replace(field, sum="run", of=("new", "over"))
