"""Invitations: made one by one and for all that lack somebody, listed, revoked; and codes that are guessed."""

from datetime import datetime, timedelta
from random import Random

import pytest

from reporting.errors import Refused
from reporting.guesses import OF_ALL, OF_ONE, TURN_AFTER, WITHIN
from reporting.people import Address
from services.end_duty import end_duty
from services.invite import invite, invite_units, revoke_invitation, units_lacking
from services.join import accept_invitation
from storage.organisation import invitations, people
from tests.services.office import DAY, NOW, Office

SEED = 20


def brings(office: Office, code: str, chat: str) -> str:
    """What becomes of a code that somebody brings: «joined», or why not."""
    try:
        accept_invitation(office.context, Address("telegram", chat), code, "Ai đó", "vi")
    except Refused as refused:
        return refused.key
    return "joined"


def waits(office: Office, code: str, chat: str) -> datetime | None:
    """From when on a code is looked at, as whoever brings it is told; None: he has joined."""
    try:
        accept_invitation(office.context, Address("telegram", chat), code, "Vũ Thị Lan", "vi")
    except Refused as refused:
        moment: datetime = refused.values["time"]
        return moment
    return None


def test_an_invitation_says_who_made_it_and_how_many_have_used_it(office: Office) -> None:
    made = invite(office.connection, "deputy", office.unit("12"), 7, 3, NOW, by=office["An"].id)
    assert brings(office, made.code, "70") == "joined"
    (kept,) = invitations.made(office.connection, NOW)
    assert (kept.id, kept.made_by, kept.used, kept.uses, kept.state(NOW)) == (made.id, office["An"].id, 1, 3, "open")
    assert made.code not in str(office.rows("invitation")) + str(office.rows("audit"))


def test_whoever_brings_a_revoked_code_is_told_so_and_it_cannot_be_revoked_twice(office: Office) -> None:
    made = invite(office.connection, "deputy", office.unit("12"), 7, 1, NOW)
    revoke_invitation(office.connection, made.id, NOW, by=office["An"].id)
    assert brings(office, made.code, "70") == "invitation_revoked"
    assert invitations.made(office.connection, NOW) == []
    assert [each.state(NOW) for each in invitations.made(office.connection)] == ["revoked"]
    with pytest.raises(Refused, match="invitation_over"):
        revoke_invitation(office.connection, made.id, NOW)
    with pytest.raises(Refused, match="invitation_none"):
        revoke_invitation(office.connection, made.id + 1, NOW)
    assert ("revoke invitation", office["An"].id) in office.audited()


def test_an_invitation_is_revoked_only_where_the_desk_may(office: Office) -> None:
    made = invite(office.connection, "deputy", office.unit("12"), 7, 1, NOW)
    with pytest.raises(Refused, match="invitation_none"):
        revoke_invitation(office.connection, made.id, NOW, within=[office.unit("11").id])


def test_only_units_that_report_and_have_no_reporter_lack_one(office: Office) -> None:
    context = office.context
    lacking = units_lacking(office.connection, "reporter", context.forms, context.tree, DAY)
    assert [unit.code for unit in lacking] == ["12", "13"]
    led = units_lacking(office.connection, "leader", context.forms, context.tree, DAY)
    assert led == []
    made = invite_units(office.connection, "chair", context.forms, context.tree, DAY, 7, 1, NOW, office.unit("13"))
    assert [each.unit.code for each in made] == ["13"]
    everybody = invite_units(office.connection, "chair", context.forms, context.tree, DAY, 7, 1, NOW, everybody=True)
    assert [each.unit.code for each in everybody] == ["11", "12", "13"]


def test_whoever_guesses_too_often_waits_and_is_let_in_afterwards(office: Office) -> None:
    made = invite(office.connection, "deputy", office.unit("12"), 7, 1, NOW)
    assert {brings(office, f"wrong {n}", "70") for n in range(OF_ONE)} == {"invitation_unknown"}
    assert brings(office, made.code, "70") == "invitation_wait"
    assert waits(office, made.code, "70") == NOW + WITHIN
    office.now = NOW + WITHIN
    assert brings(office, made.code, "70") == "joined"
    assert office.audited().count(("guesses of a chat stopped", None)) == 1


def test_a_flood_from_many_chats_is_stopped_and_keeps_nobody_out_for_long(office: Office) -> None:
    """A thousand chats guess for ten minutes, each once in a few seconds; somebody with a good code comes in the middle."""
    made = invite(office.connection, "deputy", office.unit("12"), 7, 1, NOW)
    drawn, looked_at = Random(SEED), 0
    told: datetime | None = None
    joined_at: datetime | None = None
    turns: list[datetime] = []
    for second in range(0, 600, 2):
        office.now = NOW + timedelta(seconds=second)
        for _ in range(2):
            looked_at += (
                brings(office, f"guess {drawn.random()}", f"chat {drawn.randrange(1000)}") == "invitation_unknown"
            )
        if second >= 300 and joined_at is None and (told is None or office.now >= told):
            told = waits(office, made.code, "good")
            joined_at = office.now if told is None else None
            turns += [told] if told is not None else []
    assert len(turns) == 1
    assert joined_at is not None
    assert joined_at - (NOW + timedelta(seconds=300)) <= TURN_AFTER + timedelta(minutes=1)
    assert OF_ALL <= looked_at <= 350  # of 600: after the hundredth only chats that have waited are looked at
    assert ("guesses of all stopped", None) in office.audited()


def test_guesses_are_forgotten_when_they_count_no_more(office: Office) -> None:
    for n in range(OF_ONE):
        brings(office, "wrong", f"{n}")
    assert len(office.rows("wrong_code")) == OF_ONE
    office.now = NOW + WITHIN
    brings(office, "wrong", "70")
    assert [row["address"] for row in office.rows("wrong_code")] == ["70"]


def test_an_invitation_gives_nobody_back_what_was_ended(office: Office) -> None:
    """One for several people is still open: who came in by it, or has made it, comes in again by a new one alone."""
    made = invite(office.connection, "deputy", office.unit("12"), 7, 5, NOW, by=office["An"].id)
    assert brings(office, made.code, "70") == "joined"
    assert brings(office, made.code, "70") == "joined"  # he has the duty, and is told so again
    ended = people.at(office.connection, Address("telegram", "70"))
    assert ended is not None
    (duty,) = people.duties_of(office.connection, ended.id, DAY)
    end_duty(office.context, duty, office.actor("An"))
    (own,) = office.actor("An").duties
    end_duty(office.context, own, None)
    assert brings(office, made.code, "70") == "invitation_used"
    assert brings(office, made.code, "An") == "invitation_used"
    assert people.duties_of(office.connection, ended.id, DAY) == []
    assert brings(office, made.code, "71") == "joined"
    anew = invite(office.connection, "deputy", office.unit("12"), 7, 5, NOW)
    assert brings(office, anew.code, "70") == "joined"
