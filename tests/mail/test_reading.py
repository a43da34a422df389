"""A mail as it comes in: what somebody has written himself, and what a machine has."""

from base64 import b64decode, b64encode
from time import process_time

import pytest

from bot.mail.own_words import LONGEST_READ, own_words, text_of_html
from bot.mail.reading import IncomingMail, read_mail

QUOTED = [
    "> Kính gửi đồng chí\n> (1/20) Số ca mắc mới",
    "Vào Th 4, 10 thg 11, 2021 vào lúc 16:00 Giao Ban <giaoban@huyen.test>\nđã viết:\n\n> Kính gửi",
    "Vào 16:00, Th 4, 10 thg 11, 2021 Giao Ban <giaoban@huyen.test> đã viết:\n> Kính gửi",
    "Vào ngày 10/11/2021 lúc 16:00, Giao Ban viết:\n> Kính gửi",
    "On Wed, Nov 10, 2021 at 4:00 PM Giao Ban <giaoban@huyen.test> wrote:\n\n> Dear",
    "On Wed, 10 Nov 2021 at 16:00, Giao Ban\n<giaoban@huyen.test> wrote:\n\n> Dear",
    "-----Original Message-----\nFrom: Giao Ban\nSent: Wednesday\n\nDear",
    "----- Thư gốc -----\nTừ: Giao Ban",
    "________________________________\nTừ: Giao Ban <giaoban@huyen.test>\nĐã gửi: Thứ Tư\nTới: Nam\nChủ đề: Báo cáo\n\nKính gửi",
    "From: Giao Ban <giaoban@huyen.test>\nSent: Wednesday, November 10, 2021 4:00 PM\nTo: Nam\nSubject: Report\n\nDear",
    "-- \nLê Văn Nam\nUBND xã Thọ Dân\nĐT: 0912 345 678",
    "--\nLê Văn Nam",
]


@pytest.mark.parametrize("quoted", QUOTED)
@pytest.mark.parametrize("answer", ["3", "*2", "1. 3\n2. 1\n\n3. 0", "Từ: 3 ca ở thôn 5\nngày: mai", "mã 12345678"])
def test_what_is_answered_to_is_left_out(answer: str, quoted: str) -> None:
    assert own_words(f"{answer}\n\n{quoted}") == answer
    assert own_words(f"{answer}\r\n\r\n{quoted}".replace("\n", "\r\n").replace("\r\r", "\r")) == answer


def test_answers_between_quoted_lines_are_read_and_a_mail_without_own_words_is_empty() -> None:
    assert own_words("> F0 mới?\n3\n> Khỏi?\n2") == "3\n2"
    assert own_words("\n\n> Kính gửi") == ""
    assert own_words("Vào lúc 8 giờ có 3 ca mới ở thôn 5") == "Vào lúc 8 giờ có 3 ca mới ở thôn 5"
    assert len(own_words("3 " * 9000)) <= LONGEST_READ


def test_html_alone_is_made_text() -> None:
    html = (
        "<html><head><title>x</title><style>p{}</style></head><body><div>F0 m&#7899;i: 3</div><div>Kh&#7887;i:&nbsp;2<br>hết</div>"
        '<div class="gmail_quote">Vào lúc<blockquote>Kính gửi 99</blockquote></div></body></html>'
    )
    assert own_words(text_of_html(html)) == "F0 mới: 3\nKhỏi: 2\nhết"
    assert text_of_html("<blockquote>3</blockquote>") == "3"
    assert "alert" not in text_of_html("<script>alert(1)</script>3<!-- 4 -->")


def read(head: str, body: bytes = b"3", sender: str = "nam@xa.test") -> IncomingMail:
    to = "" if "to:" in head.lower() else "To: giaoban@huyen.test\n"
    return read_mail(f"{to}{head}\n\n".encode().replace(b"\n", b"\r\n") + body, sender, ("giaoban+x@huyen.test",))


@pytest.mark.parametrize(
    ("declared", "body"),
    [
        ("utf-8", "Khỏi mới: 2".encode()),
        ("windows-1258", "Khỏi mới: 2".encode()),
        ("us-ascii", "Khỏi mới: 2".encode()),
        ("no-such-charset", "Khỏi mới: 2".encode()),
        ("windows-1258", b"Kho\xd2i m\xf5\xeci: 2"),
    ],
)
def test_whatever_charset_is_said_the_words_are_read(declared: str, body: bytes) -> None:
    found = read(f"Content-Type: text/plain; charset={declared}", body).text
    assert found.endswith(": 2")
    if declared != "windows-1258":
        assert found == "Khỏi mới: 2"


@pytest.mark.parametrize(
    "head",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; x=y",
        "Precedence: bulk",
        "X-Autoreply: yes",
        "List-Id: <all.xa.test>",
        'Content-Type: multipart/report; report-type=disposition-notification; boundary="b"',
    ],
)
def test_what_a_machine_has_written_is_known(head: str) -> None:
    assert read(head).is_automatic
    assert read("Subject: x", sender="").is_automatic
    assert read("Subject: x", sender="MAILER-DAEMON@xa.test").is_automatic
    assert not read("Subject: x").is_automatic
    assert not read("Auto-Submitted: no").is_automatic


@pytest.mark.parametrize("piece", [" ", "<", "<p", "<div ", "vào ", "\n", "- <a@", "a@"])
def test_nobody_keeps_us_busy_with_a_mail(piece: str) -> None:
    began, content = process_time(), b"<" + (piece * (10_000_000 // len(piece))).encode()
    for kind in ("plain", "html"):
        assert len(read(f"Content-Type: text/{kind}; charset=utf-8", content).text) <= LONGEST_READ
    assert process_time() - began < 10, "some tenths of a second are usual"


REPORT = b"""--b\r
Content-Type: text/plain\r
\r
Sorry\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mail.test\r
\r
Final-Recipient: rfc822; nam@xa.test\r
Action: %s\r
Status: 5.1.1\r
Diagnostic-Code: smtp; 550 5.1.1 No such user\r
--b--\r
"""
REPORTED = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"'


def test_a_report_says_why_a_mail_was_not_delivered() -> None:
    assert read(REPORTED, REPORT % b"failed", "").failure == "smtp; 550 5.1.1 No such user"
    assert read(REPORTED, REPORT % b"delayed", "").failure == ""
    assert read("Content-Type: text/plain", REPORT % b"failed").failure == ""


def test_copies_are_one_mail_and_others_are_others() -> None:
    one = read("Message-ID: <1@xa>\nSubject: a")
    assert one.id == read("Message-ID: <1@xa>\nReceived: again\nSubject: a").id
    assert one.id != read("Message-ID: <2@xa>\nSubject: a").id
    assert read("Received: by a").id == read("Received: by b").id != read("Received: by a", b"4").id


def test_files_are_counted_and_what_was_attached_is_not_what_was_written() -> None:
    body = (
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\n99\r\n--b\r\nContent-Type: text/plain\r\n\r\n3\r\n"
        b'--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="a.pdf"\r\n\r\nx\r\n'
        b"--b\r\nContent-Type: image/png\r\nContent-ID: <logo>\r\nContent-Disposition: inline; filename=l.png\r\n\r\nx\r\n--b--\r\n"
    )
    found = read('Content-Type: multipart/mixed; boundary="b"', body)
    assert (found.text, found.files) == ("3", 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\r\n\r\n",
        b"\xff\xfe\x00" * 50,
        b"From: =?utf-8?b?!!!?= <\r\nTo: <<>>,,;:\r\nSubject: =?x?q?=\r\n\r\nx",
        b"Content-Type: multipart/mixed\r\n\r\nx",
        b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\x80\r\n--b--",
        b'Content-Type: text/plain; charset="\xc3\xa9"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!',
        b"Content-Type: text/plain; charset=rot13\r\n\r\nabc",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        + b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 400,
    ],
)
def test_whatever_comes_something_is_read(content: bytes) -> None:
    assert isinstance(read_mail(content, "nam@xa.test", ()).text, str)


DEEP = 5000
"""Parts in parts: more than Python goes down."""


def test_of_parts_in_parts_without_end_the_head_is_read() -> None:
    packed = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(DEEP))
    mail = read_mail(b"From: lan@xa.gov.vn\r\nSubject: 3\r\n" + packed, "lan@xa.gov.vn", ("giaoban@xa.gov.vn",))
    assert (mail.claimed, mail.subject, mail.text) == ("lan@xa.gov.vn", "3", "")


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (b"Content-Type: text/plain; charset=punycode", "3-"),
        (b'Content-Type: text/plain; charset="PunyCode"', "3-"),
        (b"Content-Type: text/plain; charset*=punycode''3-", "3-"),
        (b"Content-Type: text/plain; charset=\r\n punycode", "3-"),
        (b"Content-Type: text/plain; name*=punycode''3-", "3-"),
    ],
)
def test_letters_that_take_python_minutes_are_none(monkeypatch: pytest.MonkeyPatch, head: bytes, text: str) -> None:
    """Read so «3-» would be «3»; and nobody asks for them at all."""

    def never(*_: object) -> tuple[str, int]:
        raise AssertionError

    monkeypatch.setattr("encodings.punycode.punycode_decode", never)
    mail = read_mail(b"From: lan@xa.gov.vn\r\n" + head + b"\r\n\r\n3-", "lan@xa.gov.vn", ("giaoban@xa.gov.vn",))
    assert mail.text == text


def test_a_text_that_is_packed_is_read_as_it_is_whatever_it_spells() -> None:
    said = b64decode(b"punycode") + "khỏi bệnh 3".encode()
    head, to = b"From: lan@xa.gov.vn\r\n", ("giaoban@xa.gov.vn",)
    packed = head + b"Content-Transfer-Encoding: base64\r\n\r\n" + b64encode(said)
    assert b"\npunycode" in packed
    assert read_mail(packed, "lan@xa.gov.vn", to).text == read_mail(head + b"\r\n" + said, "lan@xa.gov.vn", to).text
