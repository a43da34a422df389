"""An import, as the two releases do it: the older takes each value for itself, the newer refuses groups and decodes all first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from simulator.dhis2.checks import CHECKS, Check, ResolvedValue
from simulator.dhis2.metadata import DEFAULT_COMBO, DataSet, Element, Metadata, by_scheme, type_of_period
from simulator.dhis2.payload import Payload, SentValue
from simulator.dhis2.stored import Stored, Summary, ValueKey


class Import:
    """One import of a payload under the query's options, on what is stored."""

    def __init__(
        self, metadata: Metadata, stored: Stored, mode: str, payload: Payload, query: Mapping[str, str], default: str
    ) -> None:
        self.metadata, self.stored, self.is_new, self.payload = metadata, stored, mode != "2.42", payload
        self._query, self._default = query, default
        self.strategy = payload.strategy or query.get("importStrategy") or "CREATE_AND_UPDATE"
        self.is_dry = (payload.dry_run or query.get("dryRun", "false")).lower() == "true"
        self.summary = Summary()

    def scheme(self, name: str) -> str:
        """The payload's before the query's; the special one before the general; else the format's own."""
        for given in (self.payload.schemes, self._query):
            for key in (name, "idScheme"):
                if given.get(key):
                    return given[key]
        return self._default

    def run(self) -> Summary:
        of = self._data_set()
        if self.summary.status == "ERROR":
            return self.summary
        if self.is_new:
            self._run_new(of)
        else:
            self._run_old(of)
        return self.summary

    def _data_set(self) -> DataSet | None:
        named = self.payload.data_set
        found = by_scheme(self.metadata.sets, self.scheme("dataSetIdScheme"), named)
        if named and found is None:
            self._abort("E7600", "E8005", f"Data set not found or not accessible: `{named}`", named)
        unit = self.payload.unit
        if unit and self.metadata.unit(self.scheme("orgUnitIdScheme"), unit) is None:
            self._abort("E7603", "E8101", f"Org unit not found or not accessible: `{unit}`", unit)
        return found

    def _abort(self, old: str, new: str, words: str, about: str) -> None:
        self.summary.abort(new if self.is_new else old, words, about, -1 if self.is_new else None)

    # each value for itself

    def _run_old(self, of: DataSet | None) -> None:
        if of is not None and self.payload.complete:
            self._complete(of)  # before a value is read: the set is complete even if none of them is good
        for index, sent in enumerate(self.payload.values):
            value = self._resolved(sent, of)
            broken = self._broken(value)
            if broken is not None:
                self._refuse(index, value, broken)
                self.summary.ignored += 1
                continue
            self._store_old(index, value)
        if self.summary.conflicts or self.summary.rejected:
            self.summary.status = "WARNING"

    def _store_old(self, index: int, value: ResolvedValue) -> None:
        key, said, summary = _key(value), value.sent.value or "", self.summary
        old = self.stored.values.get(key)
        if self.strategy == "DELETE" or value.sent.deleted:
            if old is None:
                summary.ignored += 1
                summary.rejected.add(index)
            else:
                summary.deleted += 1
                self._drop(key)
            return
        is_lost = _is_zero(said) and value.element is not None and not value.element.zero_is_significant
        if (old is not None and self.strategy == "CREATE") or (old is None and self.strategy == "UPDATE"):
            summary.ignored += 1
            summary.rejected.add(index)
        elif is_lost:  # in silence; and what was there is gone
            summary.ignored += 1
            self._drop(key)
        elif old == said:
            summary.ignored += 1
        else:
            summary.imported += old is None
            summary.updated += old is not None
            self._put(key, said)

    # decoded first, then by group

    def _run_new(self, of: DataSet | None) -> None:
        values = [self._resolved(sent, of) for sent in self.payload.values]
        decoding = [
            each for each in CHECKS if not each.of_group and each.name in ("element", "unit", "period", "combo")
        ]
        for value in values:
            broken = next((each for each in decoding if each.is_broken(value, self.metadata, self._deletes)), None)
            if broken is not None:
                self.summary.abort(broken.new, broken.words.format(broken.about(value)), broken.about(value), -1)
                self.summary.description = "Import process failed"
                return
        if not self._group_is_good(values):
            return
        self._store_new(values)
        if of is not None and self.payload.complete and not self.summary.ignored:
            self._complete(of)

    def _group_is_good(self, values: Sequence[ResolvedValue]) -> bool:
        """One thing against a group of values is against all of them."""
        keys = [_key(value) for value in values]
        code = words = ""
        if len(set(keys)) < len(keys):
            code, words = "E8128", "The same value is given more than once"
        for each in (each for each in CHECKS if each.of_group):
            broken = next((v for v in values if each.is_broken(v, self.metadata, self._deletes)), None)
            if broken is not None:
                code, words = each.new, each.words.format(each.about(broken))
                break
        if not code:
            return True
        for index in range(len(values)):
            self.summary.refuse(index, code, words, {"args": words})
        self.summary.ignored += len(values)
        self.summary.status = "ERROR"
        return False

    def _store_new(self, values: Sequence[ResolvedValue]) -> None:
        own = [each for each in CHECKS if each.name in ("empty", "type", "option")]
        good = []
        for index, value in enumerate(values):
            broken = next((each for each in own if each.is_broken(value, self.metadata, self._deletes)), None)
            if broken is None:
                good.append(value)
            else:
                self._refuse(index, value, broken)
                self.summary.ignored += 1
        if self.summary.ignored and self._query.get("atomic") == "true":
            words = f"Atomic mode requires all values to be valid but only {len(good)}/{len(values)} were"
            self.summary.abort("E8000", words, "", -1)
            self.summary.ignored = len(values)
            return
        for value in good:
            if self._deletes or value.sent.deleted:
                self.summary.deleted += 1
                self._drop(_key(value))
            else:
                self.summary.updated += 1
                self._put(_key(value), _normal(value))
        if self.summary.ignored:
            self.summary.status = "WARNING" if good else "ERROR"

    # both

    @property
    def _deletes(self) -> bool:
        return self.strategy == "DELETE"

    def _resolved(self, sent: SentValue, of: DataSet | None) -> ResolvedValue:
        payload = self.payload
        sent.unit = payload.unit or sent.unit
        element = self.metadata.element(self.scheme("dataElementIdScheme"), sent.element)
        unit = self.metadata.unit(self.scheme("orgUnitIdScheme"), sent.unit)
        period = payload.period or sent.period or ""
        sets = [each for each in self.metadata.sets if element in each.elements]
        return ResolvedValue(
            sent,
            element,
            unit,
            period if type_of_period(period) else "",
            of or (sets[0] if sets else None),
            _combo(element, sent),
            payload.attribute_combo or sent.attribute_combo or DEFAULT_COMBO,
        )

    def _broken(self, value: ResolvedValue) -> Check | None:
        return next((each for each in CHECKS if each.is_broken(value, self.metadata, self._deletes)), None)

    def _refuse(self, index: int, value: ResolvedValue, broken: Check) -> None:
        words = broken.words.format(broken.about(value))
        if self.is_new:
            self.summary.refuse(index, broken.new, words, {"args": broken.about(value)})
        else:
            self.summary.refuse(index, broken.old, words, {"dataElement": broken.about(value)}, "dataElement")

    def _put(self, key: ValueKey, value: str) -> None:
        if not self.is_dry:
            self.stored.put(key, value)

    def _drop(self, key: ValueKey) -> None:
        if not self.is_dry:
            self.stored.drop(key)

    def _complete(self, of: DataSet) -> None:
        unit = self.metadata.unit(self.scheme("orgUnitIdScheme"), self.payload.unit)
        said = self.payload.complete or ""
        day = self.metadata.today().isoformat() if said == "true" else said
        try:
            day = min(date.fromisoformat(day), self.metadata.today()).isoformat()
        except ValueError:
            self.summary.abort("E7605", f"The import process failed: {said}", said)
            return
        self.summary.complete = day
        if unit is not None and self.payload.period and not self.is_dry:
            self.stored.complete[of.uid, self.payload.period, unit.uid] = day


def _combo(element: Element | None, sent: SentValue) -> str | None:
    """The combo's uid; None where there is none such. ADX explodes it to categories."""
    if sent.combo:
        return sent.combo if element is None or sent.combo in element.combos or len(sent.combo) == 11 else None
    if sent.categories:
        among = element.combos if element else {}
        return next((uid for uid, of in among.items() if of == sent.categories), None)
    return DEFAULT_COMBO


def _key(value: ResolvedValue) -> ValueKey:
    assert value.element is not None
    assert value.unit is not None
    return (value.element.uid, value.period, value.unit.uid, value.combo or DEFAULT_COMBO, value.attribute_combo)


def _is_zero(value: str) -> bool:
    try:
        return float(value) == 0
    except ValueError:
        return False


def _normal(value: ResolvedValue) -> str:
    """From 2.43 a value is kept as its type has it."""
    said = value.sent.value or ""
    kind = value.element.value_type if value.element else ""
    if kind == "BOOLEAN":
        return {"t": "true", "1": "true", "f": "false", "0": "false"}.get(said.lower(), said.lower())
    return said[:-2] if kind.startswith("INTEGER") and said.endswith(".0") else said
