"""What a form draws by lot (`random()`, `uuid()`) is drawn once for a report: the same at every look, and in every correction."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from reporting.expressions.chance import seed_of
from reporting.questions.checks import published
from reporting.xlsforms.reading import BadForm
from tests.rules.test_forms_from_elsewhere import begun, form_of, say

VISIT = """| survey |
| | type | name | label | calculation |
| | text | head | Head | |
| | calculate | visit | | once(uuid()) |
| | calculate | short | | uuid(8) |
| | calculate | lot | | once(random()) |
| | calculate | other | | random() - random() |
| | calculate | chosen | | if(${lot} < 2, ${lot}, 0) |
"""
REPEAT = """| survey |
| | type | name | label | calculation | repeat_count |
| | begin repeat | child | Child | | 2 |
| | text | name | Name | | |
| | calculate | key | | once(uuid()) | |
| | end repeat | | | | |
"""


def test_it_is_the_same_at_every_look_and_another_in_another_report() -> None:
    filling = begun(form_of(VISIT))
    first = {name: filling.results[name] for name in ("visit", "short", "lot", "other", "chosen")}
    assert UUID(str(first["visit"])).version == 4
    assert len(str(first["short"])) == 8
    assert first["chosen"] == first["lot"], "what reads it reads what was drawn"
    assert first["other"] != 0, "two in one expression are drawn apart"
    filled = say(filling, "Lan")
    assert {name: filled.results[name] for name in first} == first
    later = replace(filled, now=filled.now + timedelta(days=3))
    assert {name: later.results[name] for name in first} == first
    for draft in (
        replace(filled.draft, unit_id=2),
        replace(filled.draft, period=filled.draft.period + timedelta(days=1)),
        replace(filled.draft, form="other"),
    ):
        elsewhere = replace(filled, draft=draft).results
        assert {name for name in first if elsewhere[name] == first[name]} == set()


def test_a_report_says_what_its_draft_said() -> None:
    filled = say(begun(form_of(VISIT)), "Lan")
    draft = filled.draft
    seed = seed_of(draft.form, draft.unit_id, draft.period)
    assert published(filled.form, draft.answers, {}, filled.now, seed=seed) == filled.results


def test_what_is_drawn_lies_evenly_from_0_to_1() -> None:
    filled = begun(form_of(VISIT))
    days = (replace(filled.draft, period=filled.draft.period + timedelta(days=day)) for day in range(400))
    lots = [float(str(replace(filled, draft=draft).results["lot"])) for draft in days]
    assert 0 <= min(lots) < 0.05
    assert 0.95 < max(lots) < 1
    assert 0.45 < sum(lots) / len(lots) < 0.55


def test_each_instance_of_a_repeat_draws_its_own() -> None:
    filled = say(begun(form_of(REPEAT)), "Lan", "Nam")
    assert filled.draft.state == "review"
    assert filled.results["key.1"] != filled.results["key.2"]


def test_a_question_is_offered_what_was_drawn_and_keeps_what_was_answered() -> None:
    table = """| survey |
| | type | name | label | calculation | default |
| | text | code | Code | once(uuid(6)) | |
| | decimal | part | Part | | random() |
"""
    filling = begun(form_of(table))
    proposed = filling.proposal()
    assert isinstance(proposed, str)
    assert len(proposed) == 6
    filling = filling.keep()
    assert filling.results["code"] == proposed
    assert filling.proposal() == filling.proposal()
    assert say(filling, "0.5").results == {"code": proposed, "part": Decimal("0.5")}


@pytest.mark.parametrize(
    "row",
    [
        "| | text | b | B | random() < 0.5 | | | |",
        "| | text | b | B | | uuid() != '' | | |",
        "| | text | b | B | | | random() < 0.5 | |",
        "| | begin group | b | B | random() < 0.5 | | | |\n| | text | c | C | | | | |\n| | end group | | | | | | |",
        "| | begin repeat | b | B | | | | int(random() * 5) |\n| | text | c | C | | | | |\n| | end repeat | | | | | | |",
    ],
)
def test_a_rule_hangs_on_no_chance(row: str) -> None:
    """ODK draws anew whenever it looks; a rule that a question's row draws for would be another than its group's."""
    head = "| survey |\n| | type | name | label | relevant | constraint | required | repeat_count |\n| | text | a | A | | | | |"
    with pytest.raises(BadForm) as refused:
        form_of(f"{head}\n{row}")
    assert {each.key for each in refused.value.problems} == {"expression_chance"}
