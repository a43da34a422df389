"""What is usual is kept by whoever writes, and never by whoever reads: his transaction may be older than what others have written."""

from datetime import date

from reporting.figures.usual_range import UsualRange
from storage.database.engines import reading_engine, writing_engine
from storage.reports import usual_ranges
from tests.conversations.conftest import database_url  # noqa: F401 - the fixture

DAY = date(2021, 11, 10)


def test_whoever_reads_keeps_nothing(database_url: str) -> None:  # noqa: F811 - the fixture
    writing, reading = writing_engine(database_url), reading_engine(database_url)
    try:
        with reading.begin() as looks:
            assert usual_ranges.there(looks, "f", 1, DAY)[0] is None
            with writing.begin() as writes:
                usual_ranges.keep(writes, "f", 2, DAY, {"a": UsualRange(1, 2)})
            usual_ranges.keep(looks, "f", 1, DAY, {"a": UsualRange(1, 2)})
        with writing.begin() as writes:
            assert usual_ranges.there(writes, "f", 1, DAY)[0] is None
            assert usual_ranges.there(writes, "f", 2, DAY)[0] is not None
    finally:
        writing.dispose()
        reading.dispose()
