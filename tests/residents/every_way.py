"""One figure asked for in every way that there is: in chat, inline, by following it, in the bulletin, as open data and on the page."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.web.open_query import Query
from bot.web.open_reading import SiteReader, SiteSettings
from bot.web.public_page import page
from handlers.residents.inline import inquire
from reminders.bulletins import due_bulletins
from reminders.context import Tick
from reminders.public_channel import PublicChannel, prepared_posts
from reporting.figures.areas import Areas
from reporting.figures.follow import HOURS
from reporting.figures.indicator import Indicator
from reporting.incoming import InlineQuestion, Sender
from reporting.people import Address
from reporting.texts import in_language
from storage.residents import follows
from tests.channels import CHANNELS
from tests.residents.town import ZONE, Town, at

CHANNEL = PublicChannel(Address("telegram", "@bantin"), "vi", "giaoban_bot")


@dataclass(frozen=True)
class Asked:
    """A figure by what a resident says and by its names; `words` name no day, so that the newest is told, which is of `on`."""

    words: str
    code: str
    indicator: str
    on: date
    form: str = "covid_daily"

    @property
    def names(self) -> Indicator:
        return Indicator(self.form, self.indicator)


@dataclass(frozen=True)
class Heard:
    """What was heard of it: «» where that is not told. `on`: of which day, of a state since when."""

    value: str = ""
    on: str = ""
    coverage: str = ""
    carried: str = ""
    ground: str = ""


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text, re.DOTALL)
    return match[1] if match else ""


def in_words(text: str) -> Heard:
    """What a message says of its first figure: the last day named before it is its own."""
    told = re.search(r"<b>(\d.*?|từ .*?|ít hơn .*?|Cấp .*?)</b>", text)
    days = re.findall(r"\d\d/\d\d/\d{4}", text[: told.start()] if told else "")
    return Heard(
        told[1] if told else "",
        days[-1] if days else found(r"áp dụng từ ngày (\d\d/\d\d/\d{4})", text),
        found(r"(\d+/\d+) đơn vị", text.split("Số liệu gần nhất", maxsplit=1)[0]),
        found(r"ồm số kỳ trước của ([^(]*\(\d\d/\d\d\))", text),
        found(r"áp dụng từ ngày \S+ \(([^)]*)\)", text),
    )


def in_chat(town: Town, asked: Asked) -> Heard:
    return in_words(town.asks(asked.words).text)


def inline(town: Town, asked: Asked) -> Heard:
    lan = Address("telegram", "7")
    (said,) = inquire(
        InlineQuestion(lan, "private", None, Sender(lan, "Lan"), query_id="1", text=asked.words), town.turn()
    )
    (article,) = said.articles
    return in_words(article.text)


def followed(town: Town, asked: Asked) -> Heard:
    """What whoever follows it is told at the last hour at which anybody is."""
    unit, local = town.tree.find(asked.code, asked.on), town.now.astimezone(ZONE)
    assert unit is not None
    hour = max(hour for hour in HOURS if hour <= local.time())
    to = Address("telegram", "9")
    follows.begin(town.connection, to, unit.id, asked.names, hour, "vi", town.now - timedelta(days=1))
    (said,) = due_bulletins(Tick(town.connection, town.now, ZONE, CHANNELS))
    follows.forget(town.connection, to)
    return in_words(said.text)


def in_bulletin(town: Town, asked: Asked) -> Heard:
    """What the channel reads of the whole area late on that day; nothing where there is no bulletin."""
    now = datetime.combine(asked.on, time(23, 5), tzinfo=ZONE)
    says = [
        post.say for post in prepared_posts(Tick(town.connection, now, ZONE, CHANNELS), CHANNEL) if post.say is not None
    ]
    for text in (said.text for said in says):
        line = found(rf"• {re.escape(label_of(town, asked))}: ([^\n]*)", text)
        if line:
            whole = in_words(text)
            return Heard(
                in_words(line).value, found(r"ngày (\d\d/\d\d/\d{4})</b>", text), whole.coverage, in_words(line).carried
            )
    return Heard()


def site(town: Town, asked: Asked, *, of: bool) -> SiteReader:
    """The site's reading; `of`: of this indicator only."""
    around = SiteSettings(ZONE, False, Areas(town.tree))
    query = Query("vi", None, asked.on, (asked.code,))
    if of:
        query = replace(query, indicators=(asked.indicator,), forms=(asked.form,))
    return SiteReader(town.connection, town.now, around, query)


def as_data(town: Town, asked: Asked) -> Heard:
    (row,) = site(town, asked, of=True).figures()
    low, high, count = row["low"], row["high"], row["unit_of_count"]
    value = row["value_label"] or (f"{row['value']} {count}" if row["value"] is not None else "")
    if low is not None:
        value = f"ít hơn {int(str(high)) + 1} {count}" if low == 1 else f"từ {low} đến {high} {count}"
    carried = [f"{_title(town, code)} ({date.fromisoformat(day):%d/%m})" for code, day in _by_code(row["carried_from"])]
    owing = row["units_owing"]
    coverage = f"{row['units_with_figure']}/{owing}" if owing is not None else ""
    on = date.fromisoformat(str(row["since"] or row["date"]))
    return Heard(str(value), f"{on:%d/%m/%Y}" if value else "", coverage, ", ".join(carried), str(row["ground"] or ""))


def on_page(town: Town, asked: Asked) -> Heard:
    html = page(site(town, asked, of=False)).decode()
    card = found(rf"<h3>{re.escape(label_of(town, asked))}</h3>(.*?)</article>", html).split("<details")[0]
    value = found(r'class="value(?: choice)?">(.*?)</p>', card)
    day = found(r'<h2 id="unit">[^<]*ngày (\d\d/\d\d/\d{4})', html) if value else ""
    since = in_words(card)
    return Heard(value, since.on or day, since.coverage, since.carried, since.ground)


def label_of(town: Town, asked: Asked) -> str:
    return in_language(town.forms[asked.form].by_name[asked.indicator].alone, "vi")


def _title(town: Town, code: str) -> str:
    unit = next(unit for unit in town.tree if unit.code == code)
    return unit.title


def _by_code(cell: object) -> list[tuple[str, str]]:
    return list(cell.items()) if isinstance(cell, dict) else []


async def heard_everywhere(town: Town, asked: Asked) -> dict[str, Heard]:
    """By the way of asking. The bulletin tells of the whole area only."""
    ways = {
        "chat": in_chat(town, asked),
        "inline": inline(town, asked),
        "follow": followed(town, asked),
        "open data": as_data(town, asked),
        "page": on_page(town, asked),
    }
    root = town.tree.roots(asked.on)[0]
    return {**ways, "bulletin": in_bulletin(town, asked)} if asked.code == root.code else ways


def next_morning(clock: str, on: date) -> datetime:
    return at(clock, on + timedelta(days=1))
