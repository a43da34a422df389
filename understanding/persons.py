"""Whether a question speaks of a person: «ông Nguyễn Văn A có bị F0 không», «chị Lan dương tính à», «is Mr Nam positive»."""

from collections.abc import Sequence

from understanding import language
from understanding.folding import Agreement, agreement
from understanding.scene import MEANINGLESS, Scene
from understanding.tokens import Token
from understanding.word_lists import word_list

_TITLES = {sign.base: sign for signs in word_list("persons").phrases("titles") for sign in signs}
_WORDS_TOO = word_list("persons").words("titles that are words")
"""Titles that are other words where they stand without marks («có», «ba ngày»): only a surname behind them tells."""
_SURNAMES = {sign.base: sign for signs in word_list("persons").phrases("surnames") for sign in signs}
_GIVEN = {sign.base for signs in word_list("persons").phrases("given names") for sign in signs}
_MIDDLE = word_list("persons").words("middle names")
_SPOKEN_TO = word_list("persons").words("spoken to")
"""Behind a name these speak to its bearer, not of him: «chị Lan ơi», «anh Tuấn cho hỏi»."""
_NO_NAME = _SPOKEN_TO | word_list("persons").words("no names")
_FIGURES = (
    "quantity",
    "most",
    "least",
    "list",
    "breakdown",
    "each",
    "which",
    "compare",
    "trend",
    "missing",
    "overview",
)
_BEFALLS = word_list("persons").words("befalls")


def speaks_of_somebody(scene: Scene) -> bool:
    """Whether something is asked of one person, by name or as «hàng xóm», and no figure of a unit."""
    if scene.has(*_FIGURES) or not _something_befalls(scene):
        return False
    return scene.has("somebody") or any(_is_named(scene, at) for at in range(len(scene.tokens)))


def _something_befalls(scene: Scene) -> bool:
    counted = any(each.value.choice is None for each in scene.phrases)
    return counted or scene.has("topic") or any(token.word in _BEFALLS for token in scene.tokens)


def _is_named(scene: Scene, at: int) -> bool:
    """Whether a person's name begins at a token: a title with a name behind it, or a whole name by itself."""
    token = scene.tokens[at]
    if at in scene.named or _introduces_himself(scene.tokens, at):
        return False
    title = _TITLES.get(token.word)
    if title is not None and agreement(token.readings[0], title) is not Agreement.AGAINST:
        name = _name_from(scene, at + 1)
        doubtful = token.word in _WORDS_TOO and token.readings[0].is_bare
        if name and not _is_spoken_to(scene.tokens, at + 1 + len(name)):
            return not doubtful or name[0].is_capital or name[0].word in _SURNAMES or _is_subject(scene, at, name[0])
    return _is_whole_name(scene, at)


def _is_subject(scene: Scene, at: int, name: Token) -> bool:
    """«Ba hoa … bi covid a»: what may be another word opens the sentence, and no form speaks of the name."""
    return at == 0 and not scene.vocabulary.weight(name.word) and any(token.word == "bi" for token in scene.tokens)


def _introduces_himself(tokens: Sequence[Token], at: int) -> bool:
    """«Tôi là Nguyễn Văn A», «em tên Lan»."""
    return at > 0 and tokens[at - 1].word in ("la", "ten") and (at < 2 or tokens[at - 2].word != "phai")


def _is_spoken_to(tokens: Sequence[Token], after: int) -> bool:
    return after < len(tokens) and (tokens[after].word in _SPOKEN_TO or tokens[after].text == ",")


def _name_from(scene: Scene, start: int) -> list[Token]:
    """The words of a name from a token on; none if it can be none."""
    taken = _explained(scene)
    name: list[Token] = []
    for at in range(start, min(start + 4, len(scene.tokens))):
        token = scene.tokens[at]
        if at in taken or not token.text.isalpha() or (token.word in _NO_NAME and not token.is_capital):
            break
        if token.word in language.CORE and not (token.is_capital or _is_given(scene.tokens, at, bool(name))):
            break
        name.append(token)
    return name


def _is_given(tokens: Sequence[Token], at: int, has_begun: bool) -> bool:
    """Whether an everyday word is rather a given name here («cháu nam ở …»): then something is said of its bearer."""
    if tokens[at].word not in _GIVEN:
        return False
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    return has_begun or after in ("o", "tai", "co", "bi", "da", "thon", "xa")


def _is_whole_name(scene: Scene, at: int) -> bool:
    """«Nguyễn Văn A», «le thi hong»: a surname, and behind it «văn» or «thị», or two words more with capitals."""
    surname = _SURNAMES.get(scene.tokens[at].word)
    if surname is None or agreement(scene.tokens[at].readings[0], surname) is Agreement.AGAINST:
        return False
    if at in _explained(scene) or any(kind.end == at for kind in scene.kinds):
        return False
    name = scene.tokens[at : at + 3]
    if len(name) < 3 or not all(token.text.isalpha() for token in name[1:2]) or at + 1 in scene.named:
        return False
    return name[1].word in _MIDDLE or (all(token.is_capital for token in name) and not scene.named & {at + 1, at + 2})


def _explained(scene: Scene) -> set[int]:
    """The tokens of units, kinds, days, indicators and places: no person's name."""
    explained = scene.named | scene.periods.at | {n for kind in scene.kinds for n in range(kind.start, kind.end)}
    explained |= {n for each in scene.phrases for n in each.at}
    for name in ("place", "topic", "narrowing"):
        explained |= {n for each in scene.cues.get(name, ()) for n in each.at if name not in MEANINGLESS}
    return explained
