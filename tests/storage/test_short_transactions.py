"""Long writing in pieces: whoever waits for an SQLite file gets it before he has waited for long, and not after every trifle."""

from pathlib import Path

import pytest

from storage.database import short_transactions
from storage.database.engines import writing_engine


class Clock:
    """Stands still but for what a piece takes; `pauses`: for how long the file was left to others, each time."""

    def __init__(self) -> None:
        self.now, self.pauses = 0.0, list[float]()

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)


@pytest.mark.parametrize(("takes", "pauses"), [(0.001, 0), (0.02, 4), (0.2, 12)])
def test_the_file_is_left_to_others_when_it_was_held_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, takes: float, pauses: int
) -> None:
    clock = Clock()
    monkeypatch.setattr(short_transactions, "time", clock)
    engine = writing_engine(f"sqlite:///{tmp_path}/pieces.db")
    writing = short_transactions.Pieces(engine)
    for _ in range(12):
        with writing.one():
            clock.now += takes
    engine.dispose()
    assert clock.pauses == [short_transactions.PAUSE] * pauses
