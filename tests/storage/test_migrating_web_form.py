"""Files by address and browsers with a report get their tables beside what there is; the way back takes those alone."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text

from reporting.form_files import TextLines
from reporting.people import Address
from reporting.report_page_links import FormVisit
from reporting.say import Drawn
from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from storage.messages.file_addresses import add_file_address, addressed_file
from storage.organisation import people
from storage.organisation.report_page_sessions import FormSession, begin_form_session, form_session_of
from tests.migrated import begin_at
from tests.storage.migrating import step_back

NOW = datetime(2021, 11, 10, 9, tzinfo=UTC)
BEFORE, AFTER = "0030", "0034"
CHAT = Address("zalo", "5")
FILE = Drawn("a.txt", TextLines(("5",)))


def test_forward_and_back_keeps_every_other_row(url: str) -> None:
    begin_at(url, BEFORE)
    engine = writing_engine(url)
    with engine.begin() as connection:
        connection.execute(text("insert into unit (code, name, kind, aliases) values ('1', 'Thọ Dân', 'xã', '')"))
    migrate(url, to=AFTER)
    with engine.begin() as connection:
        person = people.add(connection, CHAT, "An", "vi", NOW)
        add_file_address(connection, "s", FILE, 1 << 40, "photo", CHAT, NOW, NOW + timedelta(days=1))
        found = addressed_file(connection, "s", NOW)
        assert found is not None
        assert (found[0].kept, found[1]) == (FILE.kept, "photo")
        visit = FormVisit(person.id, "daily", 1, date(2021, 11, 10))
        begin_form_session(connection, "t", visit, NOW, NOW + timedelta(hours=1))
        assert form_session_of(connection, "t", NOW) == FormSession(visit, "")
    with engine.begin() as connection:
        step_back(connection, BEFORE)
        assert connection.execute(text("select name from unit")).scalars().all() == ["Thọ Dân"]
    migrate(url, to=AFTER)
    with engine.begin() as connection:
        assert addressed_file(connection, "s", NOW) is None
    engine.dispose()
