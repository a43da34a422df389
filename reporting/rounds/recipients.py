"""Who hears about a unit's report: the person in trouble and whoever answers for him, by the duties of a day."""

from collections.abc import Iterable

from reporting.forms import Form
from reporting.people import Role
from reporting.receivers import FilledBy, Receiver, Seats
from reporting.units import UnitTree

REPORTS: tuple[Role, ...] = ("reporter", "deputy")
Held = tuple[int, Role, int]
"""Unit id, role, person id."""


class Recipients:
    """The duties of a day, of the people that words can reach: `held` are (unit id, role, person id), `lost` those of the others.

    `unset`: of these who is found in a messenger that is not set. He hears beside whoever is told in his place: what is put there for
    him is the evidence that he was not told, and the desk hears of it.
    """

    def __init__(
        self, tree: UnitTree, held: Iterable[Held], lost: Iterable[Held] = (), unset: Iterable[Held] = ()
    ) -> None:
        self._tree, held, unset = tree, list(held), list(unset)
        self._lost = {(unit_id, role) for unit_id, role, _ in (*lost, *unset)}
        self._unset = frozenset(person_id for *_, person_id in unset)
        self._with_unset = Recipients(tree, [*held, *unset]) if unset else None
        self._at: dict[Role, dict[int, list[int]]] = {}
        for unit_id, role, person_id in held:
            self._at.setdefault(role, {}).setdefault(unit_id, []).append(person_id)
        self._chains: dict[int, tuple[int, ...]] = {}

    def hear(self, to: Receiver, unit_id: int, form: Form) -> Seats:
        """Who hears a rule for `to` about a unit's report; nobody if nobody reachable holds such a duty."""
        seats = self.reached(to, unit_id, form)
        if self._with_unset is None:
            return seats
        would = self._with_unset.reached(to, unit_id, form)
        return (*seats, *(each for each in would if each[0] in self._unset))

    def reached(self, to: Receiver, unit_id: int, form: Form) -> Seats:
        """The same, but for whoever is found in no messenger that is set."""
        return to.hears(self, unit_id, form.by)

    def is_cut_off(self, unit_id: int) -> bool:
        """Whether somebody reports for the unit whom no words can reach."""
        return any((unit_id, role) in self._lost for role in REPORTS)

    def at(self, unit_id: int, role: Role) -> Seats:
        return tuple((person_id, unit_id) for person_id in self._at.get(role, {}).get(unit_id, ()))

    def nearest(self, unit_id: int, role: Role) -> Seats:
        """Who is `role` of the unit, or else of the nearest unit above it where anybody is."""
        of_role = self._at.get(role)
        if not of_role:
            return ()
        return next((self.at(above, role) for above in self.chain(unit_id) if above in of_role), ())

    def chain(self, unit_id: int) -> tuple[int, ...]:
        """The unit's id and those of the units above it."""
        found = self._chains.get(unit_id)
        if found is None:
            parent_id = self._tree.unit(unit_id).parent_id
            found = self._chains[unit_id] = (unit_id, *(self.chain(parent_id) if parent_id is not None else ()))
        return found

    def filled_at(self, unit_id: int, by: FilledBy) -> int:
        """The unit where the report is filled: the unit itself, or where the leader sits who fills it for those below him."""
        if by == "leader":
            seats = self.nearest(unit_id, "leader")
            return seats[0][1] if seats else unit_id
        return unit_id

    def above(self, unit_id: int) -> int | None:
        return self._tree.unit(unit_id).parent_id
