"""The audit: who did what, when, by which road, newest first; searched, never changed."""

import json
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from bot.web.desk_page.suspensions import is_of_whole_tree
from bot.web.desk_page.visit import ADMINS, Page, Visit
from messages.leaders.road_words import road_name
from reporting.road import Road
from storage.database.audit_log import AuditSearch, find_lines
from storage.organisation import people

NEWEST = 100


def _show(visit: Visit) -> Mapping[str, Any]:
    context, tree, zone = visit.context, visit.context.tree, visit.context.zone
    until = visit.day("until", context.today)
    roads = {each: road_name(each, visit.words) for each in (*Road, *context.channels)}
    chosen = visit.text("road") if visit.text("road") in roads else ""
    units = () if is_of_whole_tree(visit) else tuple(each.id for each in visit.units("look"))
    code = visit.text("unit")
    search = AuditSearch(
        until=datetime.combine(until + timedelta(days=1), time(), zone),
        what=visit.text("what")[:60],
        road=chosen,
        unit_ids=(visit.unit("look").id,) if code else units,
    )
    found = list(find_lines(visit.connection, search, NEWEST))
    who = {each for line in found for each in (line.who, line.person_id) if each is not None}
    names = {person_id: person.name for person_id, person in people.people_of(visit.connection, who).items()}
    rows = [
        {
            "number": line.number or "",
            "at": line.at.astimezone(zone).strftime("%d/%m/%Y %H:%M:%S"),
            "who": names.get(line.who, str(line.who)) if line.who is not None else "",
            "road": road_name(line.road, visit.words),
            "what": line.what,
            "whom": names.get(line.person_id, str(line.person_id)) if line.person_id is not None else "",
            "unit": tree.unit(line.unit_id).title if line.unit_id is not None else "",
            "detail": json.dumps(line.detail, ensure_ascii=False, default=str) if line.detail else "",
        }
        for line in found
    ]
    return {
        "rows": rows,
        "what": visit.text("what"),
        "until": until,
        "roads": roads,
        "road": chosen,
        "unit": code,
        "units": visit.units("look"),
        "newest": NEWEST,
    }


AUDIT = Page("/audit", "page_audit", "audit.html", _show, ADMINS)
