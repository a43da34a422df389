"""The night's backup is made beside the work; that it could not be made the desk hears in chat, once."""

from pathlib import Path

from sqlalchemy import text

from bot.running.backups import backups_in
from storage.database.engines import reading_engine
from tests.conversations.house import House, Talker


async def test_a_failure_is_told_to_the_desk_and_what_is_put_right_is_tried_again(
    house: House, reporter: Talker, tmp_path: Path
) -> None:
    desk = await house.joined("Hà Anh", "admin", "397")
    folder = tmp_path / "backups"
    folder.touch()  # no folder at all
    house.settings = house.settings.model_copy(update={"backup_folder": str(folder), "backup_at": "15:40"})
    await house.restart()
    await house.moves_to("15:40")
    await house.running.backups.finished()
    desk.hears_nothing()
    await house.moves_to("15:41")
    desk.hears("Không ghi được bản sao lưu của ngày 10/11/2021", "đã có")
    folder.unlink()
    await house.moves_to("15:50")
    await house.running.backups.finished()
    assert not folder.exists()
    reporter.forgets()
    await house.moves_to("16:40")
    await house.running.backups.finished()
    assert len(backups_in(folder)) == 1
    reporter.forgets()
    desk.forgets()
    assert done(house) == ["backup failed", "backup"]


def done(house: House) -> list[str]:
    """What the audit has of backups, and that it was the program's doing."""
    engine = reading_engine(house.database_url)
    with engine.begin() as connection:
        rows = connection.execute(text("select what, road from audit where what like 'backup%' order by id")).all()
    engine.dispose()
    assert {row.road for row in rows} == {"program"}
    return [row.what for row in rows]
