"""Buttons are told apart by their verb."""

from collections import Counter

from reporting.presses.reading import PRESSES


def test_no_two_kinds_of_buttons_have_one_verb() -> None:
    verbs = Counter(each.verb for each in PRESSES)
    assert [verb for verb, count in verbs.items() if count > 1] == []
