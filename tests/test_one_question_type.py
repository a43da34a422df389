"""What is promised to be one place is one: a thing is added there, for the time of a test, and works everywhere else."""

import ast
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from reporting import translator as catalogues
from reporting.questions import question_types, types
from services.export_figures import export_figures
from storage.database.engines import reading_engine, writing_engine
from tests.conversations.house import START, UNITS, furnish, running_house
from tests.environment import ROOT
from tests.migrated import begin_at

ROOMS = ("reporting", "understanding", "messages", "storage", "services", "handlers", "reminders", "bot")

DOZENS = '''"""Eggs are counted in dozens, and told one by one."""

from collections.abc import Sequence
from datetime import datetime

from reporting.answers import Value
from reporting.questions.numbers import read_integer
from reporting.questions.question import Choice, Question
from reporting.questions.question_type import QuestionType, with_unit
from reporting.translator import Translator


class Dozens(QuestionType):
    names = ("dozens",)
    key = "dozens"
    older = ("q dozens",)
    as_odk = "integer"
    indicators = frozenset({"flow", "stock", "total"})
    is_numeric = True
    is_whole = True

    def read(
        self,
        question: Question,
        text: str,
        words: Translator,
        choices: Sequence[Choice] = (),
        now: datetime | None = None,
    ) -> Value:
        return 12 * read_integer(text, ("tá",))

    def show(self, question: Question, value: Value, words: Translator) -> str:
        return with_unit(words.show(value), question, words)

    def from_node(self, question: Question, text: str) -> Value | None:
        return int(text) if text.isdecimal() else None
'''
WORDS = """msgid "type_dozens_answer"
msgstr "Đề nghị ghi số tá, ví dụ: 3"

msgid "type_dozens_example"
msgstr "3"
"""
EGGS = """| survey |
|        | type     | name  | label::vi     | label::en | kind | visibility | unit::vi | required |
|        | q dozens | eggs  | Số trứng thu  | Eggs      | flow | public     | quả      | yes      |
| settings |
|          | form_id | form_title | version | due   | closes | digest |
|          | eggs    | Trứng      | 1       | 17:00 | 20:00  | 18:00  |
"""


@pytest.fixture
def dozens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A question type in a file of its own, with its words; gone again afterwards."""
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "dozens.py").write_text(DOZENS, "utf-8")
    copytree(catalogues.LOCALE, tmp_path / "locale")
    for language in catalogues.LANGUAGES:
        (tmp_path / "locale" / language / "dozens.po").write_text(WORDS, "utf-8")
    form = tmp_path / "eggs.md"
    form.write_text(EGGS, "utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(types, "__path__", [*types.__path__, str(tmp_path / "types")])
        patched.setattr(catalogues, "LOCALE", tmp_path / "locale")
        question_types.registry.cache_clear()
        catalogues.translator.cache_clear()
        yield form
    sys.modules.pop(f"{types.__name__}.dozens")
    question_types.registry.cache_clear()
    catalogues.translator.cache_clear()


async def test_a_question_type_is_one_file_and_its_words(dozens: Path, tmp_path: Path) -> None:
    """A numeric one is read from a form, asked and answered in chat, added up in the digest and exported."""
    url = f"sqlite:///{tmp_path / 'eggs.db'}"
    _furnished(url, dozens, START.date())
    async with running_house(url) as house:
        leader = await house.joined("Trần Thị Hoa", "leader", "397")
        for name, unit, typed, eggs in (("Nam", "15742", "3 tá", "36 quả"), ("Lan", "15700", "2", "24 quả")):
            reporter = await house.joined(name, "reporter", unit)
            await reporter.says("/baocao")
            reporter.hears("Số trứng thu", "số tá, ví dụ: 3")
            await reporter.says("xx")
            reporter.hears("xx")
            await reporter.says(typed)
            reporter.hears("Báo cáo ngày", eggs)
            await reporter.taps("Gửi")
            reporter.hears("đã tiếp nhận")
        await leader.says("/tonghop hôm nay")
        assert "60 quả" in " ".join(each.text for each in leader.forgets())
    assert _exported(url, START.date()) == [("15700", "eggs", 24), ("15742", "eggs", 36)]


def _furnished(url: str, form: Path, on: date) -> None:
    begin_at(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        furnish(connection, (form,), UNITS, on)
    engine.dispose()


def _exported(url: str, on: date) -> list[tuple[str, str, object]]:
    engine = reading_engine(url)
    with engine.connect() as connection:
        rows = list(export_figures(connection, on, on, on))
    engine.dispose()
    return [(each.unit, each.indicator, each.value) for each in rows]


def test_nobody_asks_which_type_a_question_is() -> None:
    """What differs between types is said by the type's own file: elsewhere no name of one is compared with."""
    names = {name for each in question_types.registry().all for name in each.names}
    found = []
    for path in (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Compare):
                continue
            sides = [node.left, *node.comparators]
            asked = any(isinstance(each, ast.Attribute) and each.attr in ("type", "base") for each in sides)
            said = {each.value for side in sides for each in ast.walk(side) if isinstance(each, ast.Constant)}
            if asked and said & names:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []
