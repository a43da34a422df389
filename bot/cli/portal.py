"""`giaoban portal`: mapping files are checked, shown with what would leave by them, and put in use; what became of it."""

import asyncio
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection

from bot.cli.common import check_past, database, now, read_file, read_text, text_table, today, words, write_file
from bot.running.readers import Readers
from bot.settings import Settings, read_settings
from reporting.errors import Refused
from reporting.portal.consignment import TemplateLine
from reporting.portal.formats.formats import PORTAL_FORMATS
from reporting.portal.mapping import PortalMapping
from reporting.portal.reading import read_mapping
from reporting.road import Road
from reporting.texts import in_language
from reporting.translator import Translator
from services.portal_targets import check_mapping, preview, use_mapping
from storage.database.audit import by_road
from storage.database.engines import reading_engine, writing_engine
from storage.organisation import units
from storage.portal import deliveries, receipts, targets
from storage.portal.deliveries import Delivery

T = TypeVar("T")
MOST_LISTED = 50
MOST_SENT = 10
"""So many of those that were sent last are listed, with the numbers by which `portal show` tells of them."""
PREVIEW_HEAD = ("code", "unit", "element", "indicator", "value")
LIST_HEAD = ("target", "form", "sent", "waiting", "refused", "error")
LEFT_HEAD = ("id", "target", "unit", "period", "state", "error")
RECEIPT_HEAD = ("turn", "at", "indicator", "value", "answer", "words")


def check(chosen: Namespace) -> None:
    """`portal check FILE`: what it sends, or every mistake with its line."""
    settings = read_settings()
    text = read_text(chosen.file)
    with database(settings) as connection:
        checked = check_mapping(connection, text, today(settings))
    mapping = checked.mapping
    print(
        words().plain(
            "portal_good",
            target=mapping.key,
            format=mapping.format,
            url=mapping.url,
            indicators=len(mapping.indicators),
            units=len(checked.units),
        )
    )


def show_preview(chosen: Namespace) -> None:
    """`portal preview FILE [--date D]`: what would be sent, a line a value."""
    settings, say = read_settings(), words()
    check_past(settings, chosen.date)
    text, day = read_text(chosen.file), today(settings)
    with database(settings) as connection:
        checked, rows = preview(connection, text, chosen.date or day, day)
    labels = {each.name: in_language(each.alone, say.language) for each in checked.form.indicators}
    table = [[say.plain(f"portal_preview_cell_{name}") for name in PREVIEW_HEAD]]
    for row in rows:
        if not row.values:
            table.append([row.code, row.unit.title, "", say.plain("portal_preview_none"), ""])
        table += [
            [row.code, row.unit.title, each.indicator.element, labels[each.indicator.name], each.value]
            for each in row.values
        ]
    period = checked.form.period(rows[0].period if rows else (chosen.date or day))
    print(say.plain("portal_preview", target=checked.mapping.key, period=say.brief(period)))
    print(text_table(table))


def send(chosen: Namespace) -> int:
    """`portal send FILE [--from D] [--to D] [--again]`: puts the mapping in use, and sends now what is due by it.

    Of a format that is a file: `-o OUT [--to D]` writes the file of the period that D lies in.
    """
    settings = read_settings()
    text, day = read_text(chosen.file), today(settings)
    check_past(settings, chosen.since, chosen.until)
    mapping = read_mapping(text)
    if PORTAL_FORMATS[mapping.format].fill is not None:
        return _write(settings, chosen, mapping, text)
    if chosen.output:
        raise Refused("portal_no_file", format=mapping.format)
    with database(settings, writes=True) as connection:
        use_mapping(connection, text, now(settings), day, chosen.since, chosen.until, again=chosen.again)
    sent = asyncio.run(_send(settings, mapping.key))
    return _tell(settings, mapping.key, sent)


def _write(settings: Settings, chosen: Namespace, mapping: PortalMapping, text: str) -> int:
    """The office's template, which lies beside the mapping, filled with a period's figures."""
    fill = PORTAL_FORMATS[mapping.format].fill
    if fill is None or not chosen.output:
        raise Refused("portal_needs_file", format=mapping.format)
    day = today(settings)
    with database(settings) as connection:
        checked, rows = preview(connection, text, chosen.until or day, day)
    template = read_file(str(Path(chosen.file).parent / mapping.options["template"]))
    lines = [TemplateLine(row.code, row.values) for row in rows]
    period = checked.form.period(rows[0].period if rows else (chosen.until or day))
    write_file(chosen.output, fill(template, mapping, lines, period))
    given = sum(bool(line.values) for line in lines)
    print(words().plain("portal_written", file=chosen.output, n=given, units=len(lines), period=words().brief(period)))
    return 0


async def _send(settings: Settings, key: str) -> int:
    from bot.portal.sender import PortalSender

    writing, readers = writing_engine(settings.database_url), Readers(reading_engine(settings.database_url))

    def in_transaction(change: Callable[[Connection], T]) -> T:
        with writing.begin() as connection, by_road(connection, Road.COMMAND):
            return change(connection)

    async def write(change: Callable[[Connection], Any]) -> Any:
        return await asyncio.to_thread(in_transaction, change)

    moment, began = now(settings), datetime.now(UTC)
    sender = PortalSender(
        readers.read,
        write,
        lambda: moment + (datetime.now(UTC) - began),
        settings.zone,
        allow_private=settings.portal_private_addresses,
    )
    try:
        return await sender.round(key, by_desk=True)
    finally:
        writing.dispose()
        await readers.close()


def _tell(settings: Settings, key: str, sent: int) -> int:
    """What came of it; status 1 where something was refused or still waits."""
    say = words()
    with database(settings) as connection:
        target = targets.target_of(connection, key)
        counted = deliveries.counts(connection).get(target.id, {}) if target else {}
    waiting, refused = counted.get("waiting", 0), counted.get("refused", 0)
    print(say.plain("portal_sent", target=key, n=sent, waiting=waiting, refused=refused))
    if target is not None and target.error:
        print(say.plain("portal_stopped", why=why(target.error, say)))
    return 1 if waiting or refused else 0


def show_list(_: Namespace) -> None:
    """`portal list`: the targets, then what waits or was refused, then what was sent last."""
    settings, say = read_settings(), words()
    with database(settings) as connection:
        known, counted = targets.targets(connection), deliveries.counts(connection)
        listed = deliveries.unsettled(connection, MOST_LISTED) + deliveries.sent_last(connection, MOST_SENT)
        tree = units.tree(connection)
    if not known:
        print(say.plain("portal_none"))
        return
    table = [[say.plain(f"portal_list_cell_{name}") for name in LIST_HEAD]]
    for each in known:
        of = counted.get(each.id, {})
        counts = [str(of.get(state, 0)) for state in ("sent", "waiting", "refused")]
        table.append([each.key, each.form, *counts, why(each.error, say) if each.error else ""])
    print(text_table(table))
    by_id = {each.id: each.key for each in known}
    if listed:
        rows = [
            [
                str(each.id),
                by_id[each.target_id],
                tree.unit(each.unit_id).title,
                say.show(each.period),
                *_state(each, say),
            ]
            for each in listed
        ]
        print(text_table([[say.plain(f"portal_left_cell_{name}") for name in LEFT_HEAD], *rows]))


def _state(each: Delivery, say: Translator) -> list[str]:
    return [say.plain(f"portal_state_{each.state}"), why(each.error, say) if each.error else ""]


def show_one(chosen: Namespace) -> None:
    """`portal show ID`: a delivery with the taker's answer about every value, oldest first."""
    settings, say = read_settings(), words()
    with database(settings) as connection:
        of = deliveries.delivery_of(connection, chosen.id)
        if of is None:
            raise Refused("portal_unknown_delivery", id=str(chosen.id))
        unit = units.tree(connection).unit(of.unit_id)
        found = receipts.history(connection, of.id)
    state = say.plain(f"portal_state_{of.state}")
    print(say.plain("portal_delivery", id=str(of.id), unit=unit.title, period=of.period, state=state))
    table = [[say.plain(f"portal_receipt_cell_{name}") for name in RECEIPT_HEAD]]
    for turn, at, each in found:
        moment = say.show(at.astimezone(settings.zone))
        answered = say.plain(f"portal_receipt_{each.state}")
        table.append([str(turn), moment, each.indicator, each.value, answered, f"{each.code} {each.words}".strip()])
    print(text_table(table))


def why(error: str, say: Translator) -> str:
    """A reason as it is kept («key: words») in words."""
    key, _, said = error.partition(": ")
    if key not in say.keys:
        return error
    return say.plain("portal_why", why=say.plain(key), said=said) if said else say.plain(key)
