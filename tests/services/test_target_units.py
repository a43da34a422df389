"""Whose figures are those of units with targets: looked for once for all targets of a unit, however often the tree has changed."""

from datetime import date

from reporting.figures.indicator_targets import IndicatorTarget
from reporting.units import Unit, UnitTree
from services.target_units import TargetUnits
from tests.rules.round_made import form

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
CHANGES = [date(2025, month, 1) for month in (3, 5, 7)]


class Counted(UnitTree):
    """A tree that counts how often it is asked who reports."""

    asked = 0

    def reporting(self, unit: Unit, reports: tuple[str, ...], on: date) -> list[Unit]:
        self.asked += 1
        return super().reporting(unit, reports, on)


def test_targets_of_one_unit_look_for_its_units_once() -> None:
    top = Unit(1, "1", "Huyện", "huyện")
    made = [Unit(10 + on.month, f"{on.month}", f"Xã {on.month}", "xã", 1, since=on) for on in CHANGES]
    tree = Counted([top, Unit(2, "2", "An", "xã", 1), *made])
    units, of = TargetUnits(tree), form()
    for number in range(5):
        target = IndicatorTarget(of.key, f"name_{number}", top.id, "at least", 1, "", FIRST, LAST, "")
        found = units.of(of, target, (FIRST.replace(day=1 + number), LAST))
        assert [each.name for each in found] == ["An", "Xã 3", "Xã 5", "Xã 7"]
    assert tree.asked == len(CHANGES) + 1
