"""How our results stand to those of the engines: with all three, with ODK Collect's where they disagree, or with none."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

AS = ("string", "number", "boolean")
STOPPED = "!"


class Tally:
    """Results are judged one by one, expressions as a whole: one that differs in any of its results differs."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.others: list[str] = []
        self.stopped: list[str] = []
        self.counts: Counter[str] = Counter()

    def judge(self, case: str, theirs: Mapping[str, Sequence[str]], ours: Sequence[str]) -> None:
        """`theirs`: what each engine says, JavaRosa first, by what it is read as."""
        found = {self._class(each, mine) for each, mine in zip(theirs.values(), ours, strict=True)}
        agree = all(len(set(each)) == 1 and STOPPED not in each for each in theirs.values())
        stopped = any(each[0] == STOPPED for each in theirs.values())
        group = "agree" if agree else "stopped" if stopped else "disagree"
        self.counts[group] += 1
        said = json.dumps({"expression": case, "engines": dict(theirs), "ours": list(ours)}, ensure_ascii=False)
        if "fault" in found:
            self.faults.append(said)
            self.counts[f"{group} fault"] += 1
        elif "other" in found:
            self.others.append(said)
            self.counts[f"{group} other"] += 1
        elif "stopped otherwise" in found:
            self.stopped.append(said)

    @staticmethod
    def _class(theirs: Sequence[str], mine: str) -> str:
        collect, *rest = theirs
        if collect == STOPPED:
            return "stopped" if mine in rest or STOPPED in rest or len(set(rest)) > 1 else "stopped otherwise"
        if mine == collect:
            return "same"
        return "fault" if set(rest) == {collect} else "other"

    def said(self) -> Iterator[str]:
        """Lines for people: each fault, then the numbers."""
        yield from self.faults
        counts = self.counts
        yield f"{sum(counts[each] for each in ('agree', 'disagree', 'stopped'))} expressions"
        yield f"all three engines agree wholly on {counts['agree']}: we differ on {counts['agree fault']}"
        unlike = counts["disagree other"] + counts["disagree fault"]
        yield f"they disagree on {counts['disagree']}: we differ from JavaRosa on {unlike}"
        yield f"JavaRosa stops with an error on {counts['stopped']}: we differ from the other two, which agree, on {len(self.stopped)}"
