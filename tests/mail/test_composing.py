"""A message as a mail: what its head says, and that nobody writes a line of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage

import pytest

from bot.mail.composing import HeardLast, compose, subject_of
from reporting.people import Address
from reporting.say import Drawing, Drawn, Say

NOW = datetime(2021, 11, 10, 9, 0, tzinfo=UTC)
SENDER = MailAddress("Văn phòng UBND huyện Triệu Sơn, bộ phận tổng hợp", addr_spec="giaoban@huyen.test")


def sent(
    say: Say, *, last: HeardLast | None = None, files: Sequence[tuple[Drawn, bytes]] = ()
) -> tuple[bytes, EmailMessage]:
    """As it goes over the wire, and as it is read there."""
    mail = compose(
        say,
        row_id=7,
        sender=SENDER,
        reply_to="giaoban+a@huyen.test",
        bounce_to="giaoban+b@huyen.test",
        now=NOW,
        foot="Chân thư",
        last=last,
        files=files,
    ).mail
    wire = mail.as_bytes()
    read = message_from_bytes(wire, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return wire, read


def to(text: str, **more: object) -> Say:
    return Say(Address("email", "nam@xa.test"), text, **more)  # type: ignore[arg-type]  # a test's own


@pytest.mark.parametrize("length", range(20, 95, 3))
def test_a_subject_of_any_length_is_read_as_it_was_written(length: int) -> None:
    text = ("Còn 30 phút đến thời hạn gửi báo cáo phòng, chống dịch COVID-19 ngày 10/11/2021 cho đồng chí")[
        :length
    ].strip()
    wire, read = sent(to(text))
    expected = subject_of(to(text), None, SENDER.display_name)
    assert str(read["Subject"]) == expected
    assert wire.isascii()
    assert max(map(len, wire.split(b"\r\n"))) <= 78
    head = next(line for line in wire.replace(b"\r\n ", b" ").decode().split("\r\n") if line.startswith("From: "))
    assert str(make_header(decode_header(head.removeprefix("From: ")))) == f"{SENDER.display_name} <{SENDER.addr_spec}>"


def test_the_head_says_that_a_machine_writes_where_it_is_answered_and_which_row_it_is() -> None:
    _, read = sent(to("Kính gửi đồng chí Nam,\nĐến hạn báo cáo."))
    assert str(read["Subject"]).endswith("Đến hạn báo cáo.")
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Reply-To"].addresses[0].addr_spec == "giaoban+a@huyen.test"
    assert read["To"].addresses[0].addr_spec == "nam@xa.test"
    assert str(read["Message-ID"]).startswith("<giaoban.7.")
    assert read["Message-ID"] == sent(to("Kính gửi đồng chí Nam,\nĐến hạn báo cáo."))[1]["Message-ID"]
    assert read["Message-ID"] != sent(to("Khác"))[1]["Message-ID"]
    assert read["Date"].datetime == NOW
    body = read.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").endswith("\n\n-- \nChân thư\n")


def test_an_answer_goes_into_the_conversation() -> None:
    _, read = sent(to("Đã nhận"), last=HeardLast("<a@b>", "RE: Re:  trả lời: Báo cáo"))
    assert read["Subject"] == "Re: Báo cáo"
    assert (read["In-Reply-To"], read["References"]) == ("<a@b>", "<a@b>")


@pytest.mark.parametrize(
    "evil", ["a\r\nBcc: x@y.z", "a\nBcc: x@y.z", "a\u2028Bcc: x@y.z", "a\x00\x0bBcc: x@y.z", "a\ud800b"]
)
def test_nobody_writes_a_line_of_the_head(evil: str) -> None:
    for say, last in (
        (to(evil), None),
        (to("x"), HeardLast(evil, evil)),
        (to("x"), HeardLast("<a@b>\r\nBcc: x@y.z", "")),
    ):
        clean = Say(say.to, say.text.encode(errors="replace").decode())
        wire, read = sent(clean, last=last)
        assert read["Bcc"] is None
        assert b"\r\nBcc" not in wire


class Nothing(Drawing):
    """Nobody draws it."""

    maker = "nothing"


def test_a_file_goes_with_its_name() -> None:
    drawn = Drawn("Báo cáo phòng, chống dịch ngày 10-11-2021 của xã Thọ Dân.xlsx", Nothing())
    _, read = sent(to("Bản tổng hợp", document=drawn), files=[(drawn, b"\x00\x01")])
    (part,) = read.iter_attachments()
    assert part.get_filename() == drawn.file_name
    assert part.get_content() == b"\x00\x01"
