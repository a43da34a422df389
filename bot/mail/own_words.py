"""What somebody has written himself in a mail: without what he answers to, and without his signature."""

import re
import unicodedata
from html import unescape

LONGEST_READ = 8192
"""Letters of a mail that are read."""
LONGEST_SEARCHED = 100_000
"""So many are looked through for them: anybody can send anything."""
_WROTE = re.compile(
    r"^\W{0,10}(?:vào|on|le|am|ngày|lúc)\b.{0,300}?(?:viết|wrote|a\s+écrit|schrieb)(?:\s+như\s+sau)?\s*:\s*$",
    re.IGNORECASE,
)
"""«Vào … đã viết:», «On … wrote:»; mail programs break it over two lines."""
_CUT_OFF = re.compile(
    r"""^\W{0,10}(?:
        .{0,200}?<[^<>\s@]+@[^<>\s@]+>\s*(?:đã\s+viết|viết|wrote)?\s*:\s*$
        | (?:-{2,}\s*)?(?:original\s+message|forwarded\s+message|thư\s+gốc|tin\s+nhắn\s+gốc|thư\s+đã\s+chuyển\s+tiếp)\s*-{2,}\s*$
    )|^_{10,}\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_HEADER = re.compile(
    r"^\W{0,10}(?:từ|from|đã\s+gửi|gửi|sent|ngày|date|tới|đến|to|cc|chủ\s+đề|tiêu\s+đề|subject)\s*\*?\s*:\s*\S",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"(?:\s*</?(?:p|div|br|tr|li|h\d|table|ul|ol|hr)\b[^>]{0,200}>)+\s*", re.IGNORECASE)
_UNSHOWN = re.compile(r"<(script|style|head|title)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(
    r"<(?:blockquote\b|div[^>]{0,200}\b(?:gmail_quote|divRplyFwdMsg|appendonsend|yahoo_quoted)\b)", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")
_NOTE = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_AROUND = re.compile(r"\s+")
HEADERS_TOGETHER = 3
"""So many lines in a row that look like a mail's head are one: «Từ: Lan» alone may be an answer."""


def own_words(text: str) -> str:
    """What stands above the mail that is answered; «» where nothing does."""
    lines = unicodedata.normalize(
        "NFC", text[:LONGEST_SEARCHED].replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    ).split("\n")
    kept = list[str]()
    for place, line in enumerate(lines):
        if line.rstrip(" ") == "--" or _begins_quote(lines, place):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line.rstrip())
    return "\n".join(kept).strip()[:LONGEST_READ]


def _begins_quote(lines: list[str], place: int) -> bool:
    """Whether the mail that is answered begins with this line."""
    line, following = lines[place], " ".join(lines[place + 1 : place + 2])
    if _WROTE.match(line) or _CUT_OFF.match(line):
        return True
    if _WROTE.match(f"{line.strip()} {following.strip()}") and not _WROTE.match(following):
        return True
    head = lines[place : place + HEADERS_TOGETHER]
    return len(head) == HEADERS_TOGETHER and all(_HEADER.match(each) for each in head)


def text_of_html(html: str) -> str:
    """A mail that is HTML alone, as text, without what it quotes."""
    shown = _NOTE.sub("", _UNSHOWN.sub("", html[:LONGEST_SEARCHED]))
    quoted = _QUOTED.search(shown)
    if quoted is not None and _AROUND.sub("", _TAG.sub("", shown[: quoted.start()])):
        shown = shown[: quoted.start()]
    broken = _BLOCK.sub("\n", _AROUND.sub(" ", shown))
    return "\n".join(line.strip() for line in unescape(_TAG.sub("", broken)).split("\n")).strip()
