"""A command that was mistyped is answered with the nearest, at every level."""

import pytest

from bot.cli.main import main


@pytest.mark.parametrize(
    ("typed", "near"),
    [(["migrat"], "migrate"), (["figures", "improt", "x"], "import"), (["invite", "leeder", "397"], "leader")],
)
def test_the_nearest_is_told_instead_of_all(typed: list[str], near: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(typed)
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert f"did you mean {near!r}?" in told
    assert "choose from" not in told


def test_where_nothing_is_near_all_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["xyzzy"])
    assert "choose from" in capsys.readouterr().err
