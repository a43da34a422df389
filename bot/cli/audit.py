"""`giaoban audit`: who did what is shown, written out, and proved to be whole."""

import json
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import IO

from sqlalchemy import Connection

from bot.cli.common import database, now, text_table, today, words, written_whole
from bot.cli.progress import Progress
from bot.settings import Settings, read_settings
from services.record_export import record_export
from storage.database.audit_chain import check_chain
from storage.database.audit_log import AuditEntry, AuditSearch, find_lines
from storage.organisation import people, units

HEAD = ("number", "at", "who", "road", "what", "person", "form", "unit", "period", "detail")


def show(chosen: Namespace) -> None:
    """`audit show [filters]`: the newest lines, newest first; a line ends with its details as JSON."""
    settings, say = read_settings(), words()
    with database(settings) as connection:
        found = list(find_lines(connection, _search(connection, settings, chosen), chosen.last))
        who = {each for line in found for each in (line.who, line.person_id) if each is not None}
        names = {person_id: person.name for person_id, person in people.people_of(connection, who).items()}
        codes = {unit.id: unit.code for unit in units.tree(connection)}
    rows = [[say.plain(f"audit_cell_{name}") for name in HEAD]]
    for line in found:
        at = line.at.astimezone(settings.zone).strftime("%Y-%m-%d %H:%M:%S")
        about = [line.form, codes.get(line.unit_id or 0, ""), line.period.isoformat() if line.period else ""]
        persons = [_person(each, names) for each in (line.who, line.person_id)]
        rows.append([str(line.number or "?"), at, persons[0], line.road, line.what, persons[1], *about, _detail(line)])
    print(text_table(rows))


def export(chosen: Namespace) -> None:
    """`audit export [-o FILE]`: every line as a line of JSON, with its digest, in the order in which they were written."""
    settings = read_settings()
    with database(settings) as connection:
        search = _search(connection, settings, chosen)
        with written_whole(chosen.output, for_us_alone=True) as file:
            rows = _write_lines(file, find_lines(connection, search))
    with database(settings, writes=True) as connection:
        record_export(connection, now(settings), "audit", rows, first_on=chosen.since, last_on=chosen.until)
    if chosen.output is not None:
        print(words().plain("audit_exported", n=rows, file=chosen.output))


def verify(_: Namespace) -> int:
    """`audit verify`: works out every digest anew; status 1 where one is broken, with the first such line."""
    settings, say = read_settings(), words()
    with database(settings) as connection, Progress("progress_audit") as progress:
        found = check_chain(connection, progress=progress.at)
    if found.broken is None:
        print(say.plain("audit_whole", n=found.links, number=found.number, digest=found.digest))
        return 0
    broken = found.broken
    why = say.plain(f"audit_broken_{broken.by.replace(' ', '_')}")
    print(say.plain("audit_broken", number=broken.number, id=broken.line_id or "?", why=why, n=found.links))
    return 1


def _search(connection: Connection, settings: Settings, chosen: Namespace) -> AuditSearch:
    unit_ids: tuple[int, ...] = ()
    if chosen.unit:
        tree, day = units.tree(connection), today(settings)
        unit_ids = tuple(each.id for each in tree.under(tree.known(chosen.unit, day), day))
    return AuditSearch(
        since=_midnight(chosen.since, settings),
        until=_midnight(chosen.until + timedelta(days=1) if chosen.until else None, settings),
        what=chosen.what or "",
        road=chosen.road or "",
        form=chosen.form or "",
        unit_ids=unit_ids,
        person_id=chosen.person,
    )


def _midnight(day: date | None, settings: Settings) -> datetime | None:
    return datetime.combine(day, time(), settings.zone).astimezone(UTC) if day is not None else None


def _person(person_id: int | None, names: dict[int, str]) -> str:
    return "" if person_id is None else f"{person_id} {names.get(person_id, '')}".rstrip()


def _detail(line: AuditEntry) -> str:
    told = {name: value for name, value in line.detail.items() if value not in ("", None) and name not in line.erased}
    erased = [f"{name}: {words().plain('audit_erased')}" for name in line.erased]
    return " ".join([*([json.dumps(told, ensure_ascii=False)] if told else []), *erased])


def _write_lines(out: IO[bytes], lines: Iterator[AuditEntry]) -> int:
    count = 0
    with Progress("progress_audit") as progress:
        for line in progress.over(lines):
            count += 1
            named = {name: getattr(line, name) for name in AuditEntry.__slots__}
            told = json.dumps(named, ensure_ascii=False, default=lambda value: value.isoformat())
            out.write(f"{told}\n".encode())
    return count
