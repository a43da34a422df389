"""What is wrong with a file, however long it is: the first thousands are kept to be named, the rest is counted."""

from reporting.errors import Refused, Several, by_row

MOST_KEPT = 5_000


class ProblemList:
    """`found`: what is kept; `count`: how many there were."""

    def __init__(self) -> None:
        self.found: list[Refused] = []
        self.count = 0

    def add(self, refused: Refused) -> None:
        self.count += 1
        if len(self.found) < MOST_KEPT:
            self.found.append(refused)

    def refuse(self) -> None:
        """Raises what was found, in the order of the file's rows; does nothing where there is none."""
        found = sorted(self.found, key=by_row)
        if len(found) > 1:
            raise Several(found, self.count)
        for each in found:
            raise each
