"""What becomes of a message after each outcome."""

import pytest

from reporting.retries import (
    DeliveryProblem,
    Fate,
    Moved,
    NotSent,
    Outcome,
    Said,
    TooMany,
    Uncertain,
    Unreachable,
    fate,
)


@pytest.mark.parametrize(
    ("outcome", "before", "expected"),
    [
        (Said("7"), 0, Fate("said", message_id="7")),
        (Said("7"), 1, Fate("said", message_id="7")),
        (NotSent("refused"), 0, Fate("new", attempt=False, error="refused")),
        (NotSent("refused"), 1, Fate("new", attempt=False, error="refused")),
        (Uncertain("502"), 0, Fate("new", uncertain=True, error="502")),
        (Uncertain("502"), 1, Fate("unknown", uncertain=True, error="502")),
        (TooMany(30.0, "429"), 1, Fate("new", attempt=False, error="429", pause=30.0)),
        (Unreachable("blocked"), 0, Fate("dead", error="the chat cannot be reached: blocked", closed=True)),
        (Moved("-100"), 0, Fate("new", attempt=False, moved_to="-100")),
        (DeliveryProblem("can't parse"), 0, Fate("dead", error="can't parse")),
    ],
)
def test_each_outcome_has_its_fate(outcome: Outcome, before: int, expected: Fate) -> None:
    assert fate(outcome, before) == expected


def test_a_message_is_never_sent_more_often_than_once_and_its_uncertain_deliveries() -> None:
    uncertain, copies = 0, 0
    while True:
        copies += 1
        became = fate(Uncertain("?"), uncertain)
        uncertain += became.uncertain
        if became.state != "new":
            break
    assert copies <= 1 + uncertain
    assert copies == 2
