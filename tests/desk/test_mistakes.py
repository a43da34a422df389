"""Mistakes in settings and files: all are named at once, in the language of the desk, each with what to do."""

import gzip
import re
from pathlib import Path

import pytest

from tests.desk.conftest import UNITS, Giaoban
from tests.desk.test_commands import written

ENGLISH = re.compile(r"\b(no such|not a|is no|write|permission|unable|file or|expecting|invalid)\b", re.IGNORECASE)


def complains(giaoban: Giaoban, *command: str) -> list[str]:
    """What a command that is refused says, line by line: nothing of it in English."""
    status, _, err = giaoban(*command)
    assert status == 1
    assert err.startswith("giaoban: ")
    assert not ENGLISH.search(err), err
    return err.rstrip("\n").split("\n")


def test_all_wrong_settings_are_named_at_once(giaoban: Giaoban, tmp_path: Path) -> None:
    lines = ["TIMEZONE=Asia/Nowhere", "LOG_LEVEL=loud", "QUIET_HOURS=tối", "DEMONSTRATION=maybe", "BOT_RATE=0"]
    (tmp_path / ".env").write_text("\n".join([*lines, "OPEN_DATA_LISTEN=8090", "WEBHOOK_LISTEN=x"]), encoding="utf-8")
    head, *rest = complains(giaoban, "migrate")
    assert "7 chỗ cần sửa" in head
    assert [line.split(":")[0].strip() for line in rest] == [
        "TIMEZONE", "WEBHOOK_LISTEN", "BOT_RATE", "DEMONSTRATION", "QUIET_HOURS", "OPEN_DATA_LISTEN", "LOG_LEVEL",
    ]  # fmt: skip
    assert all("Hãy " in line for line in rest)


def test_one_wrong_setting_is_one_line(giaoban: Giaoban, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "fr")
    (line,) = complains(giaoban, "migrate")
    assert "LANGUAGE: không có ngôn ngữ «fr». Hãy chọn một trong: vi, en." in line


@pytest.mark.parametrize("of_shell", ["en_US:en", "vi_VN", "vi_VN.UTF-8:vi", "de:en", "C", "C.UTF-8", "POSIX"])
def test_the_languages_of_a_shell_are_none_of_ours(
    giaoban: Giaoban, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, of_shell: str
) -> None:
    """Many systems set LANGUAGE so, for services too: the setting of .env stands, or that of nobody."""
    monkeypatch.setenv("LANGUAGE", of_shell)
    assert "Cơ sở dữ liệu" in giaoban("migrate")[1]
    (tmp_path / ".env").write_text("LANGUAGE=en", encoding="utf-8")
    assert "The database" in giaoban("migrate")[1]
    (tmp_path / ".env").write_text("LANGUAGE=vi_VN", encoding="utf-8")
    assert "LANGUAGE: không có ngôn ngữ «vi_VN»" in complains(giaoban, "migrate")[0]


@pytest.mark.parametrize("channel", ["bantin", "@1x", "https://t.me/bantin", "-1234", "@bản_tin"])
def test_a_channel_that_is_neither_name_nor_id_is_refused(
    giaoban: Giaoban, monkeypatch: pytest.MonkeyPatch, channel: str
) -> None:
    monkeypatch.setenv("BULLETIN_CHANNEL", channel)
    (line,) = complains(giaoban, "migrate")
    assert f"BULLETIN_CHANNEL: «{channel}» không phải kênh. Hãy ghi tên công khai như @ten_kenh" in line


@pytest.mark.parametrize("channel", ["", "@trieuson_bantin", "-1001234567890"])
def test_a_channel_is_a_name_or_an_id(giaoban: Giaoban, monkeypatch: pytest.MonkeyPatch, channel: str) -> None:
    monkeypatch.setenv("BULLETIN_CHANNEL", channel)
    assert giaoban("migrate")[0] == 0


def test_settings_that_are_no_text_are_refused(giaoban: Giaoban, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"BOT_TOKEN=\xff\xfe")
    assert ".env không phải UTF-8" in complains(giaoban, "migrate")[0]


def test_the_setting_of_the_language_holds_though_another_is_wrong(
    giaoban: Giaoban, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("TIMEZONE", "Asia/Nowhere")
    assert (
        giaoban("migrate")[2] == "giaoban: TIMEZONE: «Asia/Nowhere» is no time zone. Write one like Asia/Ho_Chi_Minh.\n"
    )


def test_all_that_is_wrong_with_a_list_of_units_is_named_by_its_row(giaoban: Giaoban, tmp_path: Path) -> None:
    text = "code,name,kind,parent,aliases,since,until\n1,A,huyện,,,,\n2,,xã,1,,,\n3,C,xã,9,,2021-02-30,\n1,D,xã,1,,,\n,E,,1,,,\n"
    head, *rest = complains(giaoban, "units", "import", written(tmp_path, text))
    assert "6 chỗ cần sửa; chưa làm gì" in head
    assert [re.sub(r"\D.*", "", line.strip().removeprefix("Dòng ")) for line in rest] == ["3", "4", "4", "5", "6", "6"]
    assert giaoban("units", "list")[1].count("\n") == 1


def test_twenty_mistakes_of_an_archive_are_named_and_the_rest_counted(furnished: Giaoban, tmp_path: Path) -> None:
    lines = [f"2021-11-0{n},15742,nope{n},1" for n in range(1, 10)]
    lines += [f"{n}/11/2021,15742,f0_new,1" for n in range(1, 10)]
    lines += [f"2021-11-0{n},99999,f0_new,1" for n in range(1, 10)] + ["2021-11-08,15742,f0_new,2"]
    path = written(tmp_path, "\n".join(["date,unit,indicator,value", *lines]))
    head, *rest = complains(furnished, "figures", "import", path)
    assert "27 chỗ cần sửa" in head
    assert [line.split(":")[0] for line in rest[:20]] == [f"  Dòng {n}" for n in range(2, 22)]
    assert rest[20:] == ["  … và 7 chỗ nữa. Hãy sửa các chỗ trên rồi chạy lại."]
    assert furnished("figures", "export")[1] == "date,unit,indicator,value\n"


def test_files_that_cannot_be_used_are_refused_in_our_words(furnished: Giaoban, tmp_path: Path) -> None:
    folder = str(tmp_path)
    assert "không có tệp hay thư mục này" in complains(furnished, "units", "import", "nowhere.csv")[0]
    assert "đây là thư mục" in complains(furnished, "figures", "import", folder)[0]
    assert "không có tệp hay thư mục này" in complains(furnished, "figures", "export", "-o", "nowhere/out.csv")[0]
    assert "không có tệp hay thư mục này" in complains(furnished, "backup", "nowhere/copy.gz")[0]
    (tmp_path / "latin.csv").write_bytes(b"code,name\n1,\xff")
    assert "không phải UTF-8" in complains(furnished, "units", "import", "latin.csv")[0]
    huge = written(tmp_path, 'code,name,kind,parent\n1,"' + "x" * 140_000 + '",xã,\n')
    assert "không đúng dạng CSV" in complains(furnished, "units", "import", huge)[0]


def test_what_is_no_backup_is_refused_in_our_words(
    furnished: Giaoban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert furnished("backup", "copy.gz")[0] == 0
    lines = gzip.decompress((tmp_path / "copy.gz").read_bytes()).splitlines()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    assert "không phải bản sao lưu" in complains(furnished, "restore", str(UNITS))[0]
    (tmp_path / "half.gz").write_bytes((tmp_path / "copy.gz").read_bytes()[:200])
    assert "không phải bản sao lưu" in complains(furnished, "restore", "half.gz")[0]
    (tmp_path / "other.gz").write_bytes(gzip.compress(b"{}"))
    assert "không phải bản sao lưu" in complains(furnished, "restore", "other.gz")[0]
    (tmp_path / "broken.gz").write_bytes(gzip.compress(b"\n".join([*lines[:3], b"[1", *lines[3:]])))
    assert "hỏng ở dòng 4" in complains(furnished, "restore", "broken.gz")[0]
    old = re.sub(rb'"revision": "\d+"', b'"revision": "0000"', lines[0])
    (tmp_path / "old.gz").write_bytes(gzip.compress(b"\n".join([old, *lines[1:]])))
    assert "sao lưu ở phiên bản 0000" in complains(furnished, "restore", "old.gz")[0]


def test_a_database_that_cannot_be_used_is_refused_in_our_words(
    giaoban: Giaoban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "text.db").write_text("no database at all " * 100, encoding="utf-8")
    for url, said in (
        (f"sqlite:///{tmp_path}", "không mở được tệp cơ sở dữ liệu"),
        ("sqlite:////proc/nowhere/giaoban.db", "không có tệp hay thư mục này"),
        (f"sqlite:///{tmp_path / 'text.db'}", "không phải cơ sở dữ liệu"),
        ("postgresql://x@127.0.0.1:1/x", "không có chương trình nào trả lời ở đó"),
    ):
        monkeypatch.setenv("DATABASE_URL", url)
        for command in (("migrate",), ("units", "list")):
            assert said in complains(giaoban, *command)[0]


def test_a_clock_that_is_none_is_refused_in_our_words(giaoban: Giaoban, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOCK_URL", "http://127.0.0.1:1")
    assert giaoban("migrate")[0] == 0
    assert "không có chương trình nào trả lời ở đó" in complains(giaoban, "units", "list")[0]
