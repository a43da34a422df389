"""What a resident's question may cost the database: so many statements, whatever has been reported."""

from typing import Any

import pytest
from sqlalchemy import event

from tests.residents.town import Town, days_ago, labels

DAYS = range(8)
MOST = {
    "ngày 09/11 xã Thọ Dân bao nhiêu ca mới": 5,
    "xã Thọ Dân báo cáo chưa ngày 09/11": 6,
    "ngày 09/11 có bao nhiêu ca mới": 11,
    "danh sách ca mới các xã ngày 09/11": 9,
    "xã nào nhiều ca mới nhất ngày 09/11": 9,
}


def statements(town: Town) -> list[tuple[str, Any]]:
    """What is said to the database from now on."""
    said: list[tuple[str, Any]] = []

    def hears(_connection: Any, _cursor: Any, text: str, parameters: Any, *_: Any) -> None:
        said.append((text, parameters))

    event.listen(town.connection, "before_cursor_execute", hears)
    return said


@pytest.mark.parametrize(("words", "most"), MOST.items())
def test_a_question_asks_the_database_no_more_than_it_must(town: Town, words: str, most: int) -> None:
    for unit in town.tree:
        if unit.kind != "huyện":
            for day in DAYS:
                town.reports(unit.code, days_ago(day), f0_new=3 + day)
    town.asks("xin chào")
    said = statements(town)
    answer = town.asks(words)
    assert labels(answer), f"no answer: {answer.text}"
    assert len(said) <= most, "\n\n".join(text for text, _ in said)
