"""The word lists: each is read strictly, is used, and can match; a mistake in one is named by file and line."""

import ast
import shutil
from functools import cache
from pathlib import Path

import pytest

from reporting.errors import Refused, Several
from reporting.translator import LANGUAGES, translator
from reporting.units import UnitTree
from tests.environment import ROOT
from understanding.lexicon import Lexicon
from understanding.tokens import read_tokens, signs_of
from understanding.vocabulary import Vocabulary
from understanding.word_lists import FOLDER, WordListMistake, word_list
from understanding.word_sections import SECTIONS, Written

CUE_LISTS = [(name, section) for name in SECTIONS for section, how in SECTIONS[name].items() if how is Written.CUE]


def copied(folder: Path, name: str, find: str, line: str) -> Path:
    """The shipped lists in a folder, with `line` put in front of a list's line `find`."""
    shutil.copytree(FOLDER, folder / "words")
    path = folder / "words" / f"{name}.txt"
    text = path.read_text(encoding="utf-8")
    assert f"\n{find}\n" in text
    path.write_text(text.replace(f"\n{find}\n", f"\n{line}\n{find}\n", 1), encoding="utf-8")
    return folder / "words"


def mistake(folder: Path, name: str) -> WordListMistake:
    with pytest.raises(WordListMistake) as caught:
        word_list(name, folder)
    return caught.value


@pytest.mark.parametrize("name", SECTIONS)
def test_a_shipped_list_is_read_without_a_mistake(name: str) -> None:
    assert set(word_list(name).sections) == set(SECTIONS[name])


def test_every_file_is_a_list_and_every_list_is_a_file() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(SECTIONS)
    assert {path.suffix for path in FOLDER.iterdir()} == {".txt"}


@pytest.mark.parametrize("name", SECTIONS)
def test_the_first_line_of_a_list_says_in_two_languages_what_it_is_for(name: str) -> None:
    first = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()[0]
    vietnamese, english = first.removeprefix("# ").split(" — ")
    assert any(not letter.isascii() for letter in vietnamese)
    assert english.isascii() or "«" in english or "’" in english


@pytest.mark.parametrize(
    ("name", "find", "line", "why"),
    [
        ("danger", "[mishap]", "[mishaps]", "không có mục [mishaps]"),
        ("danger", "ngất", "bất tỉnh", "«bất tỉnh» đã có ở dòng"),
        ("wanted", "hủy nhận", "huỷ nhận", "đã có ở dòng"),
        ("danger", "ngất", "ngất; xỉu", "không bao giờ khớp"),
        ("danger", "ngất", "…", "không có chữ nào"),
        ("danger", "ngất", "ngất = xỉu", "dấu «=»"),
        ("danger", "ngất", "ko tỉnh", "viết đủ"),
        ("fillers", "nao", "nào", "không dấu"),
        ("fillers", "nao", "my", "«mi»"),
        ("fillers", "nao", "ko", "spellings.txt đọc «ko»"),
        ("fillers", "nao", "bao nhieu", "mỗi dòng một chữ"),
        ("spellings", "hnay = hôm nay", "hnay", "hai vế"),
        ("spellings", "hnay = hôm nay", "h nay = hôm nay", "không có dấu cách"),
        ("spellings", "hnay = hôm nay", "2day = today", "không bao giờ khớp"),
        ("spellings", "hqua = hôm qua", "hnay = hôm kia", "«hnay» đã có ở dòng"),
        ("kinds", "tỉnh = 1", "tỉnh = một", "phải là một số"),
        ("time", "nay = nay", "hôm = hôm nay", "không thành «hôm»"),
        ("time", "mot = 1", "một = 1", "không dấu"),
        ("time", "sáu = 6", "thứ sáu = 6", "không bao giờ khớp"),
        ("languages", "total", "été", "không dấu"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(tmp_path: Path, name: str, find: str, line: str, why: str) -> None:
    folder = copied(tmp_path, name, find, line)
    with pytest.raises(Refused) as caught:
        word_list(name, folder)
    found = caught.value.found if isinstance(caught.value, Several) else (caught.value,)
    rows = ["", *(folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()]
    named = [each for each in found if rows[int(each.values["row"])] in (line, find, "bất tỉnh", "hủy nhận")]
    assert named[0].values["file"] == f"{name}.txt"
    assert why in translator("vi").refusal(named[0])
    assert all("{" not in translator(language).refusal(each) for language in LANGUAGES for each in found)


def test_everything_that_is_wrong_with_a_list_is_named_at_once(tmp_path: Path) -> None:
    folder = copied(tmp_path, "danger", "ngất", "khó thở\nngất!\n[oops]")
    with pytest.raises(Several) as caught:
        word_list("danger", folder)
    assert [each.values["why"].key for each in caught.value.found] == [
        "words_twice",
        "words_punctuated",
        "words_section",
    ]


def test_a_list_without_its_first_line_without_a_section_or_without_text_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path, "languages", "[vietnamese]", "# left out")
    path = folder / "languages.txt"
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(row for row in rows if row != "[vietnamese]"), encoding="utf-8")
    assert "[vietnamese]" in translator("vi").refusal(mistake(folder, "languages"))
    (folder / "time.txt").write_text("hom\n" + "\n".join((folder / "time.txt").read_text().splitlines()[1:]))
    with pytest.raises(Several, match="several"):
        word_list("time", folder)
    (folder / "danger.txt").write_bytes(b"\xff")
    assert mistake(folder, "danger").values["row"] == "0"


def test_comments_blank_lines_and_spaces_say_nothing(tmp_path: Path) -> None:
    folder = copied(tmp_path, "danger", "ngất", "   xỉu ngã   # said in the south\n\n# a comment")
    assert signs_of("xỉu ngã") in word_list("danger", folder).phrases("emergency")


@cache
def used() -> set[object]:
    """Every string in the code of the rooms but for the table of sections, and each (list, section) that is asked for by name."""
    rooms = (ROOT / "understanding", ROOT / "messages" / "residents")
    paths = [path for room in rooms for path in room.glob("*.py") if path.stem != "word_sections"]
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    found: set[object] = {node.value for node in nodes if isinstance(node, ast.Constant)}
    for node in nodes:
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Call)
        ):
            inner = node.func.value
            if isinstance(inner.func, ast.Name) and inner.func.id == "word_list":
                found.add(tuple(arg.value for arg in (*inner.args, *node.args) if isinstance(arg, ast.Constant)))
    return found


@pytest.mark.parametrize(("name", "section"), [(name, section) for name in SECTIONS for section in SECTIONS[name]])
def test_a_section_is_used(name: str, section: str) -> None:
    if name == "kinds" and SECTIONS[name][section] is Written.PHRASE:
        assert section in word_list("kinds").pairs("levels")
    elif SECTIONS[name][section] is Written.CUE or section in ("provinces", "country"):
        assert section in used()
    else:
        assert (name, section) in used()


@cache
def general() -> Vocabulary:
    """The words of the lists, of no tree and no form."""
    return Vocabulary(UnitTree([]), [], None)


@pytest.mark.parametrize(("name", "section"), CUE_LISTS)
def test_whatever_tells_what_is_wanted_is_found_where_it_is_typed(name: str, section: str) -> None:
    vocabulary = general()
    never = [
        entry.said
        for entry in word_list(name).sections[section]
        if section not in {found.value for found in vocabulary.cues.find(read_tokens(entry.said, vocabulary.lexicon))}
    ]
    assert never == []


def test_a_short_form_is_read_as_what_it_stands_for() -> None:
    short = {typed: signs_of(meant) for typed, meant in word_list("spellings").pairs("short").items()}
    lexicon = Lexicon(short=short)
    assert [
        typed for typed, meant in short.items() if tuple(t.readings[0] for t in read_tokens(typed, lexicon)) != meant
    ] == []
