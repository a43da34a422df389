"""Conversations by mail: a person links his address, is reminded, answers, gets a receipt; forged and repeated mails are nothing."""

import asyncio
import re
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from aiosmtplib import SMTPDataError
from sqlalchemy import Connection

from bot.doctor.findings import Health, Surroundings
from bot.mail.doctor_check import check_email
from bot.mail.settings import MailSettings
from messages.common.link_words import switch_told
from reporting.channel_switch import ChannelSwitch
from reporting.errors import Refused
from reporting.people import Address, Person
from reporting.throttle import Throttle
from tests.conversations.house import ANSWERS, START
from tests.mail.mail_house import OURS, WIRE, MailHouse, answer_to, told_in

WHOLE = "\n".join(f"{number}. {answer}" for number, answer in enumerate((*ANSWERS, "không"), 1))
"""A report in one mail."""


def plain(text: str, to: str, sender: str = "nam@xa.test") -> EmailMessage:
    mail = EmailMessage(policy=WIRE)
    mail["From"], mail["To"], mail["Subject"] = sender, to, "Re: x"
    mail.set_content(text)
    return mail


@pytest.mark.parametrize("office", ["sqlite", "postgresql"], indirect=True)
async def test_a_reminder_goes_out_and_a_report_comes_in_by_two_mails(office: MailHouse) -> None:
    nam = await office.prefers_mail()
    await office.moves_to("16:00")
    reminder = nam.gets("Còn 30 phút", "11 Báo cáo ngay · 12 Nhắc tôi sau 30 phút")
    assert "thời hạn gửi báo cáo" in str(reminder["Subject"])
    (said,) = [row for row in await office.rows("said") if row.person_id and row.rule]
    (row,) = [row for row in await office.rows("outbox") if row.id == said.outbox_id]
    assert (row.channel, row.address, row.state, row.message_id) == (
        "email",
        nam.address,
        "said",
        reminder["Message-ID"],
    )
    mine = await nam.answers(WHOLE)
    review = nam.gets("Báo cáo ngày 10/11/2021", "1 Gửi", "Đã ghi vào bản nháp")
    assert (review["In-Reply-To"], review["Subject"]) == (mine["Message-ID"], mine["Subject"])
    await nam.answers("Gửi")
    nam.gets("đã tiếp nhận báo cáo ngày 10/11/2021")
    (report,) = await office.rows("report")
    assert [str(each.get("value")) for each in report.answers.values()][:19] == list(ANSWERS)
    assert len(office.server.all_taken) == len({str(mail["Message-ID"]) for mail in office.server.all_taken})
    await office.moves_to("16:30")
    nam.gets_nothing()


async def test_a_digest_that_nobody_asked_for_is_one_mail_with_its_picture_and_its_workbook(office: MailHouse) -> None:
    hoa, reader = await office.linked("Trần Thị Hoa", "hoa@huyen.test", "leader", "397")
    await hoa.says("/lienket email")
    hoa.hears("qua: Email, Telegram")
    await office.moves_to("17:00")
    told = reader.gets("TỔNG HỢP", "0/3 đơn vị")
    assert [each.get_content_subtype() for each in told.iter_attachments()] == [
        "png",
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
    assert told_in(told).lstrip().startswith("TỔNG HỢP"), "a file's own words are left out: it has a name"
    reader.gets_nothing()
    (row,) = [each for each in await office.rows("outbox") if each.channel == "email" and "document" in each.say]
    assert row.state == "said"


async def test_questions_can_be_answered_one_by_one_and_choices_by_their_numbers(office: MailHouse) -> None:
    nam = await office.prefers_mail()
    await office.moves_to("16:00")
    nam.gets("11 Báo cáo ngay")
    await nam.answers("11")
    nam.gets("(1/20)", "*3 Còn lại đều 0")
    await nam.answers("3")
    nam.gets("(2/20)")
    await nam.answers("*3")
    nam.gets("(5/20)", "*0 Quay lại")


async def test_without_its_token_a_mail_is_nothing_and_nobody_is_answered(office: MailHouse) -> None:
    nam = await office.prefers_mail()
    await office.moves_to("16:00")
    reply_to = re.findall(r"[^<\s]+@[^>\s]+", str(nam.gets("Còn 30 phút")["Reply-To"]))[0]
    stranger = office.reader("la@noikhac.test")
    taken = len(office.server.all_taken)
    for to in (
        OURS,
        "giaoban+abcd@huyen.test",
        reply_to.replace("giaoban+a", "giaoban+b"),
        f"giaoban+{'a' * 32}@huyen.test",
    ):
        for sender in ("nam@xa.test", stranger.address):
            await office.hands_over(plain("báo cáo", to, sender))
    assert len(office.server.all_taken) == taken
    assert office.listener.dropped == {"no valid token": 8}
    assert await office.rows("draft") == []
    with pytest.raises(Exception, match="550"):
        await office.deliver(plain("báo cáo", "chutich@huyen.test"))


async def test_the_token_counts_and_not_whom_a_mail_says_that_it_is_from(office: MailHouse) -> None:
    nam = await office.prefers_mail()
    hoa = office.reader("hoa@xa.test")
    await office.moves_to("16:00")
    nam.gets("Còn 30 phút")
    assert nam.last is not None
    await office.hands_over(answer_to(nam.last, "báo cáo", hoa.address))
    nam.gets("(1/20)")
    hoa.gets_nothing()
    (draft,) = await office.rows("draft")
    assert draft.unit_id == (await office.rows("duty"))[0].unit_id


async def test_a_mail_that_comes_twice_counts_once_and_a_second_answer_is_a_second_answer(office: MailHouse) -> None:
    nam = await office.prefers_mail()
    await office.moves_to("16:00")
    nam.gets("Còn 30 phút")
    await nam.answers("báo cáo")
    question = nam.gets("(1/20)")
    answer = answer_to(question, "3", nam.address)
    for _ in range(3):
        await office.hands_over(answer)
    nam.gets("(2/20)")
    nam.gets_nothing()
    await office.hands_over(answer_to(question, "1", nam.address))
    nam.gets("(3/20)")


async def test_what_was_taken_is_answered_after_a_crash(office: MailHouse) -> None:
    nam = await office.prefers_mail()
    await office.moves_to("16:00")
    nam.gets("Còn 30 phút")
    assert nam.last is not None
    office.running.clerk.rest()  # it stores, and handles nothing any more
    await office.deliver(answer_to(nam.last, "báo cáo", nam.address))
    assert [row.state for row in await office.rows("inbox") if row.channel == "email"][-1] == "new"
    await office.restart()
    nam.gets("(1/20)")


@pytest.mark.parametrize(("where", "copies"), [("before data", 1), ("after data", 2)])
async def test_a_connection_that_breaks_off_brings_no_mail_more_than_one_copy_which_can_be_known(
    office: MailHouse, where: str, copies: int
) -> None:
    nam = await office.prefers_mail()
    office.server.breaks.append(where)  # type: ignore[arg-type]  # one of the two
    await office.moves_to("16:00")
    got = [nam.gets("Còn 30 phút") for _ in range(copies)]
    assert len({str(mail["Message-ID"]) for mail in got}) == 1
    (row,) = [row for row in await office.rows("outbox") if row.message_id == got[0]["Message-ID"]]
    assert (row.state, row.uncertain) == ("said", copies - 1)


async def test_who_cannot_be_reached_by_mail_hears_at_telegram_and_says_so(office: MailHouse) -> None:
    nam, reader = await office.linked()
    await nam.says("/lienket email")
    nam.hears("qua: Email, Telegram")
    office.server.refusals[reader.address] = "550 5.1.1 No such user"
    await office.moves_to("16:00")
    await office.running.tick()
    await office.settled()
    nam.hears("(Email không nhận được tin này nên tin được chuyển sang đây.)", "Còn 30 phút")


async def test_a_mail_that_comes_back_was_not_said_and_goes_the_other_way(office: MailHouse) -> None:
    nam, reader = await office.linked()
    await nam.says("/lienket email")
    nam.hears("qua: Email, Telegram")
    await office.moves_to("16:00")
    reader.gets("Còn 30 phút")
    back_to, _ = office.server.envelopes[-1]
    report = EmailMessage(policy=WIRE)
    report["From"], report["To"], report["Auto-Submitted"] = "MAILER-DAEMON@xa.test", back_to, "auto-replied"
    report.make_mixed()
    report.replace_header("Content-Type", 'multipart/report; report-type=delivery-status; boundary="b"')
    wire = report.as_bytes().split(b"\r\n\r\n")[0] + (
        b"\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; xa.test\r\n\r\n"
        b"Final-Recipient: rfc822; nam@xa.test\r\nAction: failed\r\nStatus: 5.2.1\r\n--b--\r\n"
    )
    wrong = back_to.replace("giaoban+a", "giaoban+b")
    await office.hands_over_bytes(wire.replace(back_to.encode(), wrong.encode()), "", wrong)
    assert office.listener.dropped == {"no valid token": 1}
    for _ in range(2):
        await office.hands_over_bytes(wire, "", back_to)
    await office.moves_to("16:01")
    nam.hears("(Email không nhận được tin này nên tin được chuyển sang đây.)", "Còn 30 phút")
    assert [row.unreachable_at is None for row in await office.rows("address")] == [True, False]


async def test_a_machine_is_never_answered(office: MailHouse) -> None:
    nam = await office.prefers_mail()
    await office.moves_to("16:00")
    nam.gets("Còn 30 phút")
    assert nam.last is not None
    away = answer_to(nam.last, "báo cáo", nam.address)
    away["Auto-Submitted"] = "auto-replied"
    await office.hands_over(away)
    await office.hands_over(answer_to(nam.last, "báo cáo", nam.address), sender="")
    nam.gets_nothing()
    assert office.listener.dropped == {"automatic": 2}


async def test_what_the_server_wants_later_is_sent_later(office: MailHouse) -> None:
    talker, nam = await office.linked()
    await talker.person.blocks()
    office.server.greylists.add(nam.address)
    await office.moves_to("16:00")
    nam.gets_nothing()
    assert [row.address for row in await office.rows("pause")] == [nam.address]
    office.simulator.clock.move_to(office.simulator.clock.now() + timedelta(minutes=6))
    await office.restart()  # the pause is kept in the database
    nam.gets("Còn 30 phút")


async def test_files_are_not_read_and_a_mail_without_words_of_its_own_is_told_so(office: MailHouse) -> None:
    nam = await office.prefers_mail()
    await office.moves_to("16:00")
    nam.gets("Còn 30 phút")
    assert nam.last is not None
    mail = answer_to(nam.last, "báo cáo", nam.address)
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="số liệu.pdf")
    await office.hands_over(mail)
    heard = nam.gets("(1/20)")
    assert "Tệp đính kèm trong thư của đồng chí không được đọc" in str(heard.get_content())
    await nam.answers("")
    nam.gets()


async def test_an_address_is_linked_only_by_whoever_reads_what_comes_there(office: MailHouse) -> None:
    nam = await office.joined("Lê Văn Nam", "reporter", "15742")
    other = office.reader("chutich@xa.test")
    await nam.says("/lienket chutich@xa.test")
    nam.hears("gửi thư đến chutich@xa.test (Email)")
    told = other.gets("Lê Văn Nam", "không trả lời thì không có gì thay đổi")
    await office.hands_over(answer_to(told, "mã 12345678", "nam@xa.test"))
    assert office.listener.dropped == {"no valid token": 1}
    await other.answers("Tôi không hiểu")
    other.gets()
    assert [row.channel for row in await office.rows("address")] == ["telegram"]


async def test_what_comes_too_fast_is_left_with_the_mail_server_and_taken_later(office: MailHouse) -> None:
    nam = await office.prefers_mail()
    await office.moves_to("16:00")
    told = nam.gets("11 Báo cáo ngay")
    office.listener.throttle = Throttle(1, timedelta(hours=1))
    await office.hands_over(answer_to(told, "11", nam.address))
    nam.gets("(1/20)")
    answer = answer_to(told, "7", nam.address)
    with pytest.raises(SMTPDataError) as refused:
        await office.deliver(answer)
    assert refused.value.code == 450
    nam.gets_nothing()
    await office.moves_to("17:01")
    nam.box.clear()  # he was reminded meanwhile
    await office.hands_over(answer)
    nam.gets("(2/20)")


@pytest.mark.parametrize("begins_on", [None, date(2021, 11, 12)])
def test_whoever_has_no_mail_address_is_asked_for_it_when_all_go_over(begins_on: date | None) -> None:
    nam = Person(1, "Lê Văn Nam", "vi", Address("telegram", "5"))
    (said,) = switch_told(ChannelSwitch((), ((nam, "12345678"),), begins_on=begins_on), "email", by_address=True)
    assert "/lienket ten@xa.gov.vn" in said.text
    assert "12345678" not in said.text
    assert ("12/11/2021" in said.text) == (begins_on is not None)


async def test_an_invitation_names_no_way_that_is_closed_to_who_is_not_linked(office: MailHouse) -> None:
    def named(connection: Connection) -> list[str]:
        return [each.channel.name for each in office.running.dispatch.context(connection, START).ways_in]

    assert await office.running.clerk.write(named) == ["telegram"]


async def test_the_doctor_says_whether_mails_leave_and_come(office: MailHouse) -> None:
    def found() -> tuple[Health, str]:
        surroundings = Surroundings(office.settings, office.simulator.clock.now(), None)
        finding = check_email(surroundings)
        return finding.health, finding.key

    assert await asyncio.to_thread(found) == (Health.OK, "doctor_email_good")
    await office.server.stop()
    assert await asyncio.to_thread(found) == (Health.FAILURE, "doctor_email_away")
    await office.server.start()


def test_settings_that_are_wrong_are_said_clearly() -> None:
    from bot.mail.settings import refuse_mail
    from bot.settings import Settings

    def refused(**given: object) -> str:
        own = MailSettings(_env_file=None, **given)  # type: ignore[arg-type]  # a test's own
        try:
            refuse_mail(Settings(_env_file=None, link_secret="s" * 20).with_own(own))
        except Refused as why:
            return why.key
        return ""

    good = {"smtp_host": "mail.xa.test", "smtp_from": "Giao Ban <giaoban@xa.test>"}
    assert refused() == refused(**good) == ""
    assert refused(smtp_host="mail.xa.test") == "mail_from_missing"
    assert refused(**good, smtp_password="x", smtp_tls="none") == "mail_password_open"
    assert refused(smtp_host="127.0.0.1", smtp_from="a@b.test", smtp_password="x", smtp_tls="none") == ""
    for wrong in (
        {"smtp_from": "giaoban"},
        {"smtp_from": "a+b@c.test"},
        {"smtp_from": f"{'a' * 32}@c.test"},
        {"smtp_tls": "ssl"},
        {"mail_listen": "8025"},
        {"mail_reply_to": "x"},
        {"smtp_port": 0},
    ):
        with pytest.raises(ValueError, match=r"setting_|greater"):
            MailSettings(_env_file=None, **wrong)
