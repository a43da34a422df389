"""What is kept of a person is shown whole, and erased so that nothing tells who it was while figures and records stay."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from reporting.errors import Refused
from reporting.figures.flag import Flag
from reporting.people import Address, Person
from reporting.person_record import Keeping
from reporting.presses.residents import Unfollow
from reporting.say import Button, Say
from reporting.translator import translator
from services.end_duty import end_duty
from services.feedback import give_feedback
from services.follow import forget_resident
from services.forget_old import forget_old
from services.person_data import ask_for_erasure, erase_person, look_at_person
from storage.database.tables import metadata
from storage.messages import inbox, outbox
from storage.organisation import people
from storage.organisation.person_rows import BY_CHAT, BY_PERSON, OF_NOBODY
from storage.reports import drafts
from storage.residents import flags, follows
from tests.channels import CHANNELS
from tests.services.office import DAY, NOW, Office

NAME, CHAT = "Lê Văn Nam", "70010203"
WORDS = ("con tôi ốm", "mất điện cả xã", "xin nghỉ để chăm con", "Đồng chí Lê Văn Nam nghỉ")
report, late_reason, address, person, typed_choice, address_code = (
    metadata.tables[each] for each in ("report", "late_reason", "address", "person", "typed_choice", "address_code")
)
ASKED = "mật khẩu"


def named(office: Office) -> Person:
    """Nam has a name and a chat that nothing else is called by."""
    nam = office["Nam"]
    office.connection.execute(update(person).where(person.c.id == nam.id).values(name=NAME))
    office.connection.execute(update(address).where(address.c.person_id == nam.id).values(address=CHAT))
    return people.person_of(office.connection, nam.id)


def lived(office: Office) -> Person:
    """He has written, been told, reported, followed, doubted, given a reason, fed back and practised; his name was told to others."""
    nam, connection, unit = named(office), office.connection, office.unit("11")
    inbox.put(
        connection,
        [inbox.Heard("telegram", "1", CHAT, json.dumps({"text": WORDS[0]}, ensure_ascii=False))],
        NOW,
        DAY,
    )
    inbox.take(connection, 10, NOW)
    said = [outbox_say(nam.address, "Nhắc đồng chí"), outbox_say(office["Ba"].address, WORDS[3])]
    outbox.put(connection, said, NOW, CHANNELS)
    connection.execute(update(outbox.outbox).values(state="said", said_at=NOW))
    sent = {"number": "B", "form": "beds", "version": "1", "unit_id": unit.id, "period": DAY, "revision": 1}
    stamps = {"sent_by": nam.id, "sent_at": NOW, "first_sent_at": NOW, "reason": "nhập nhầm", "provisional": False}
    connection.execute(insert(report), sent | stamps | {"answers": {"beds": {"value": 3}}})
    reason = {"form": "beds", "unit_id": unit.id, "period": DAY, "reason": "other", "words": WORDS[1], "given_at": NOW}
    connection.execute(insert(late_reason), reason | {"person_id": nam.id})
    follows.begin(connection, nam.address, unit.id, None, None, "vi", NOW)
    give_feedback(office.context, nam.address, WORDS[2])
    offered = {"channel": "telegram", "address": CHAT, "number": 11, "press": "t", "is_reply": True, "offered_at": NOW}
    connection.execute(insert(typed_choice), offered)
    connection.execute(insert(address_code), {"code_hash": "5f", "person_id": nam.id, "expires_at": NOW})
    people.ask(connection, nam.address, ASKED)
    form = office.context.forms[0]
    drafts.begin(connection, form, unit.id, DAY, practice=nam.id)
    return nam


def outbox_say(to: Address, text: str) -> Say:
    return Say(to, text)


def everything(office: Office) -> str:
    """Every row of every table, as text."""
    return "\n".join(f"{name}: {row}" for name in metadata.tables for row in office.rows(name))


def test_every_column_that_names_a_person_or_a_chat_is_in_the_list() -> None:
    """Whoever adds a table with somebody's number or chat finds out here that it has to be shown and erased."""
    for name, table in metadata.tables.items():
        of_person = {
            column.name for key in table.foreign_keys if key.column.table.name == "person" for column in [key.parent]
        }
        assert of_person <= set(BY_PERSON.get(name, ())), name
        if {"channel", "address"} <= set(table.c.keys()) and name not in OF_NOBODY:
            assert name in BY_CHAT or name == "address", name
    assert [
        name for name in (*BY_PERSON, *BY_CHAT, "inbox", "audit_words") if f"held_{name}" not in translator("vi").keys
    ] == []


def test_all_that_is_kept_is_shown_and_that_it_was_looked_at_is_on_record(office: Office) -> None:
    nam = lived(office)
    record = look_at_person(office.connection, nam, NOW, by=office["An"].id)
    assert {name: len(rows) for name, rows in record.rows.items()} == {
        "person": 1,
        "address": 1,
        "duty": 1,
        "draft": 1,
        "report": 1,
        "audit": 1,
        "audit_words": 1,
        "late_reason": 1,
        "outbox": 1,
        "follow": 1,
        "typed_choice": 1,
        "address_code": 1,
        "inbox": 1,
    }
    shown = json.dumps(record.rows, ensure_ascii=False)
    assert all(each in shown for each in (NAME, CHAT, *WORDS[1:3]))
    assert json.loads(record.rows["inbox"][0]["raw"]) == {"text": WORDS[0]}
    assert office.rows("audit")[-1]["what"] == "look at person"


def test_whoever_has_a_duty_is_not_erased(office: Office) -> None:
    nam = named(office)
    with pytest.raises(Refused, match="erase_duties"):
        erase_person(office.connection, nam, DAY, NOW)
    assert NAME in everything(office)


def test_nothing_tells_any_more_who_it_was_and_figures_and_records_stay(office: Office) -> None:
    nam = lived(office)
    (duty,) = office.context.duties(nam)
    end_duty(office.context, duty, None)
    before = {name: len(office.rows(name)) for name in metadata.tables}
    kept = everything(office)
    assert all(each in kept for each in (NAME, CHAT, ASKED, *WORDS))
    erased = erase_person(office.connection, nam, DAY, NOW, by=office["An"].id)
    left = everything(office)
    assert [each for each in (NAME, CHAT, ASKED, *WORDS) if each in left or json.dumps(each)[1:-1] in left] == []
    assert erased.mentions == 1
    after = {name: len(office.rows(name)) for name in metadata.tables}
    changed = {name: (count, after[name]) for name, count in before.items() if after[name] != count}
    assert changed.pop("audit") == (before["audit"], before["audit"] + 1)
    assert changed.pop("audit_words") == (1, 0)
    assert changed == {"follow": (1, 0), "draft": (1, 0), "typed_choice": (1, 0), "address_code": (1, 0)}
    (sent,) = office.rows("report")
    assert (sent["sent_by"], sent["answers"], sent["reason"]) == (nam.id, {"beds": {"value": 3}}, "nhập nhầm")
    assert people.person_of(office.connection, nam.id).name == f"#{nam.id}"
    assert people.at(office.connection, nam.address) is None
    with pytest.raises(Refused, match="erase_done"):
        erase_person(office.connection, nam, DAY, NOW)


def test_what_waits_to_be_said_to_him_is_not_said(office: Office) -> None:
    nam = named(office)
    end_duty(office.context, office.context.duties(nam)[0], None)
    outbox.put(office.connection, [outbox_say(nam.address, "Nhắc")], NOW, CHANNELS)
    erase_person(office.connection, nam, DAY, NOW)
    (row,) = office.rows("outbox")
    assert (row["state"], row["say"], row["address"]) == ("dead", {}, f"#{nam.id}")


def test_whoever_asks_while_he_has_a_duty_is_referred_to_those_who_keep_the_bot(office: Office) -> None:
    events = ask_for_erasure(office.context, office["Nam"])
    assert [event.to.name for event in events] == ["An"]
    assert ("erasure asked", office["Nam"].id) in office.audited()


def test_words_go_when_their_time_is_over_and_not_before(office: Office) -> None:
    nam = lived(office)
    give_feedback(office.context, Address("telegram", "resident"), "xin thêm giường bệnh")
    keeping = Keeping(inbox=7, outbox=30, feedback=60, names=0)

    def left_after(days: int) -> list[bool]:
        forget_old(office.connection, keeping, DAY + timedelta(days=days), NOW + timedelta(days=days, minutes=1))
        texts = [*(row["raw"] for row in office.rows("inbox")), *(row["say"] for row in office.rows("outbox"))]
        words = [row["content"] for row in office.rows("audit_words")]
        return [
            any("con t" in str(each) for each in texts),
            any("Nhắc" in str(each) for each in texts),
            "xin thêm giường bệnh" in words,
        ]

    assert left_after(6) == [True, True, True]
    assert left_after(7) == [False, True, True]
    assert left_after(29) == [False, True, True]
    assert left_after(30) == [False, False, True]
    assert left_after(60) == [False, False, False]
    assert [row["state"] for row in office.rows("outbox")] == ["said", "said"]
    assert people.person_of(office.connection, nam.id).name == NAME


def test_whoever_left_long_ago_is_erased_by_itself_where_the_office_wants_it(office: Office) -> None:
    nam = lived(office)
    end_duty(office.context, office.context.duties(nam)[0], None)
    keeping = Keeping(names=365)
    forget_old(office.connection, keeping, DAY + timedelta(days=364), NOW)
    assert people.person_of(office.connection, nam.id).name == NAME
    forget_old(office.connection, keeping, DAY + timedelta(days=365), NOW)
    assert people.person_of(office.connection, nam.id).name == f"#{nam.id}"
    assert [row["name"] for row in office.rows("person")][1:] == ["Bình", "Ba", "Hoa", "An"]


def test_a_doubt_of_his_is_forgotten_too(office: Office) -> None:
    nam = named(office)
    asked = {
        "form": "beds",
        "unit_id": office.unit("11").id,
        "period": DAY,
        "indicator": "beds",
        "value": "3",
        "revision": 1,
    }
    more = {"note": "", "asked_at": NOW, "due_at": NOW, "state": "open", "answer": ""}
    table = metadata.tables["asked_back"]
    number = office.connection.execute(insert(table).returning(table.c.id), asked | more).scalar_one()
    flags.put(office.connection, number, Flag(nam.address, "vi"))
    end_duty(office.context, office.context.duties(nam)[0], None)
    erase_person(office.connection, nam, DAY, NOW)
    assert office.rows("flag") == []
    assert len(office.rows("asked_back")) == 1


def test_of_a_resident_who_wants_to_be_forgotten_not_even_what_he_could_type_is_kept(office: Office) -> None:
    lan = Address("zalo", "70010299")
    outbox.put(office.connection, [Say(lan, "Xã A", ((Button("Dừng", Unfollow(("1",))),),))], NOW, CHANNELS)
    office.connection.execute(update(outbox.outbox).values(state="said", said_at=NOW))
    assert lan.address in everything(office)
    forget_resident(office.context, lan)
    assert lan.address not in everything(office)
