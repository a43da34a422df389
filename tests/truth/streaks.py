"""For how many days in a row a unit has sent nothing: as it is said, and as it is."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tests.truth.truth import ONE_DAY, Place, Truth

_SAID = re.compile(r"\((?P<least>từ )?(?P<n>\d+) (?:kỳ|ngày)(?: liền)?(?P<more> trở lên)?")


def said_streaks(text: str, places: Sequence[Place]) -> Iterator[tuple[str, int, bool]]:
    """The code of each unit named with a number of days, the number, and whether it is said to be the least that it is."""
    for place in places:
        for found in re.finditer(re.escape(place.title) + r" (\([^()]*\))", text):
            said = _SAID.search(found[1])
            if said is not None:
                yield place.code, int(said["n"]), bool(said["least"] or said["more"])


def true_streak(truth: Truth, code: str, from_on: date, last: date) -> int:
    """How many days up to the last in a row the unit owed a report and nothing came."""
    count, on, place = 0, last, truth.place(code)
    while on >= from_on and place.exists(on) and truth.newest(code, on, accepted=False) is None:
        count += 1
        on -= ONE_DAY
    return count
