"""The state of the program: what the doctor finds, each with what is to be done about it."""

from collections.abc import Mapping
from typing import Any

from bot.doctor.findings import Health
from bot.web.desk_page.suspensions import is_of_whole_tree
from bot.web.desk_page.visit import ADMINS, Page, Visit
from reporting.errors import Refused

MARKS: Mapping[Health, str] = {Health.OK: "on_time", Health.WARNING: "late", Health.FAILURE: "missing"}


def _show(visit: Visit) -> Mapping[str, Any]:
    if not is_of_whole_tree(visit):
        raise Refused("page_whole_tree")
    words = visit.words
    rows = [
        {
            "mark": MARKS[each.finding.health],
            "health": words.plain(f"health_{each.finding.health}"),
            "check": each.check,
            "found": words.plain(each.finding.key, **each.finding.values),
            "advice": ""
            if each.finding.health is Health.OK
            else words.plain(f"{each.finding.key}_advice", **each.finding.values),
        }
        for each in visit.examine()
    ]
    return {"rows": rows}


STATE = Page("/state", "page_state", "state.html", _show, ADMINS)
