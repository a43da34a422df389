"""What is over is not kept for ever."""

from datetime import timedelta

from reporting.person_record import Keeping
from services.forget_old import ALERTS_FOR, forget_old
from storage.schedule import alerts
from tests.services.office import DAY, NOW, Office


def test_an_alert_that_is_over_is_kept_for_a_while_and_one_that_goes_on_as_long_as_it_does(office: Office) -> None:
    for name in ("tick", "aside"):
        alerts.begin(office.connection, name, "warning", NOW)
    alerts.begin(office.connection, "tick due_data_queries", "warning", NOW)
    alerts.found_again(office.connection, [("tick", "warning"), ("aside", "warning")], ["tick due_data_queries"], NOW)
    alerts.end(office.connection, "tick", NOW)
    names = [
        ("aside", False),
        ("aside=warning", False),
        ("tick", True),
        ("tick due_data_queries", True),
        ("tick=warning", True),
    ]
    for later, kept in ((ALERTS_FOR, names), (ALERTS_FOR + timedelta(seconds=1), names[:2])):
        forget_old(office.connection, Keeping(7, 730, 365, 0), DAY, NOW + later)
        assert sorted((each["name"], each["over_at"] is not None) for each in office.rows("alert")) == kept
