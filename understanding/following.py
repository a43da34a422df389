"""«Còn Thọ Sơn thì sao», «thế hôm qua», a reply: questions that go on from what was told last, and what they take over from it."""

from collections.abc import Sequence

from understanding.inquiry import ABOUT_FIGURES, Doubt, Inquiry
from understanding.scene import Scene
from understanding.word_lists import word_list

_BEFORE_ALL = word_list("fillers").words("before follow-ups")
"""What may stand before «còn»."""
_AT_END = word_list("fillers").words("after follow-ups")
_TOO = {signs[0] for signs in word_list("fillers").phrases("too")}
"""«Minh Sơn nữa»: the same of another."""
_ASKING = ("quantity", "which", "most", "least", "list", "missing", "negation")
_CHILD = word_list("fillers").words("children")
"""«Con tôi» without marks is no «còn»."""
_NO_FOLLOWING = (
    "general",
    "follow up",
    "so what",
    "each",
    "whole",
    "mine",
    "which",
    "standing",
    "negation",
    "exclusion",
)
_OVER_UNITS = ("rank", "list")
_OF_THAT = (["the", "nao"], ["nhu", "the", "nao"], ["ra", "sao"], ["sao", "roi"])
"""Cues of an overview that after «còn …» ask for just that."""


def goes_on(scene: Scene) -> bool:
    """Whether a text begins with «còn», «thế», «vậy», «what about», or ends with «thì sao»."""
    return _begins(scene) or _ends(scene) or scene.takes_back


def _begins(scene: Scene) -> bool:
    tokens, starts = scene.tokens, scene.starts("follow up")
    first = next((at for at, token in enumerate(tokens) if at in starts or token.word not in _BEFORE_ALL), -1)
    if first not in starts:
        return False
    held = scene.named | scene.periods.at | {at for each in scene.phrases for at in each.at}
    for name, cues in scene.cues.items():
        if name not in _NO_FOLLOWING:
            held |= {at for each in cues if len(each.at) > 1 for at in each.at}
    for at, token in enumerate(tokens):
        if at in starts and at not in held:
            behind = tokens[at + 1].word if at + 1 < len(tokens) else ""
            is_child = token.readings[0].is_bare and token.word == "con" and behind in _CHILD
            return not is_child
        if token.word not in _BEFORE_ALL:
            return False
    return False


def _ends(scene: Scene) -> bool:
    words = [token.word for token in scene.tokens]
    while words and words[-1] in _AT_END:
        words.pop()
    if words[-2:] == ["thi", "sao"] or words[-3:] in (["thi", "the", "nao"], ["thi", "nhu", "nao"]):
        return True
    return len(words) > 1 and scene.tokens[len(words) - 1].readings[0] in _TOO and not scene.has(*_ASKING)


def _is_bare_ranking(inquiry: Inquiry) -> bool:
    """«Xã nào nhiều nhất»: of which figure is not said."""
    return inquiry.wanted == "rank" and not inquiry.indicators and not inquiry.indicator_choices


def is_cut_short(scene: Scene, inquiry: Inquiry, has_days: bool) -> bool:
    """Whether a text names too little to stand by itself: only days, only a figure, or only a unit and nothing else.

    «Hôm qua», «mấy người khỏi» and «Thọ Sơn» go on from what was told just now; «hôm nay bao nhiêu ca mới» may be of all units.
    """
    if inquiry.intent not in ABOUT_FIGURES or inquiry.wanted == "missing" or inquiry.named_outside or inquiry.unknown:
        return False
    if _is_bare_ranking(inquiry) or (inquiry.against is not None and not _names_units(inquiry)):
        return True
    has_units, has_figures = _names_units(inquiry), bool(inquiry.indicators or inquiry.indicator_choices)
    if has_units + has_figures + has_days != 1 or wants_all(scene) or inquiry.wanted not in ("value", "overview"):
        return False
    return not has_units or (_says_no_more(scene) and inquiry.all_units)


def _says_no_more(scene: Scene) -> bool:
    """Whether nothing is said but the unit: «cả huyện», «toàn huyện nhé»."""
    units = scene.named | scene.kind_spots | scene.spots("whole") | scene.spots("area") | scene.spots("mine")
    return all(at in units or token.word in _AT_END or not token.is_word for at, token in enumerate(scene.tokens))


def names_days(scene: Scene) -> bool:
    """Whether anything is said of days."""
    of = scene.periods
    return bool(of.named or of.as_of_now or of.as_of or of.is_vague or of.is_unclear or scene.hints.whole_time)


def wants_all(scene: Scene) -> bool:
    """Whether the situation as a whole is asked for («tình hình»), not only «thế nào»."""
    words = [token.word for token in scene.tokens]
    return any([words[at] for at in each.at] not in _OF_THAT for each in scene.cues.get("overview", ()))


def asked_back(inquiry: Inquiry) -> Inquiry:
    """A question that goes on from nothing known: of which unit it is asked, where it names none."""
    if inquiry.intent not in ABOUT_FIGURES or _names_units(inquiry) or "unit" in inquiry.doubts:
        return inquiry
    return inquiry.changed(doubts=_in_order((*inquiry.doubts, "unit")))


def going_on(inquiry: Inquiry, before: Inquiry, has_days: bool, wants_all: bool = False) -> Inquiry:
    """The question with the unit, figure and days of the one `before` where it names none itself; `wants_all`: of all figures."""
    if inquiry.intent not in ABOUT_FIGURES and inquiry.intent != "outside":
        return inquiry
    has_units, has_figures = _names_units(inquiry), bool(inquiry.indicators or inquiry.indicator_choices)
    if not (has_units or has_figures or has_days):
        return inquiry
    found = inquiry if wants_all else _as_wanted(inquiry, before, (has_units, has_figures, has_days))
    if not has_units:
        found = _of_units(found, before)
    if not has_figures and found.wanted != "overview":
        found = _of_figures(found, before)
    return found if has_days else _of_days(found, before)


def _names_units(inquiry: Inquiry) -> bool:
    """Whether it says itself of which units it is asked, if only in doubt, or ranges over all."""
    return bool(inquiry.units or inquiry.unit_choices or inquiry.named_outside or inquiry.may_be_other)


def _as_wanted(inquiry: Inquiry, before: Inquiry, named: tuple[bool, bool, bool]) -> Inquiry:
    """What is wanted goes on too: the ranking of other days, the trend of another figure; of one unit no ranking."""
    has_units, has_figures, has_days = named
    wanted = before.wanted
    plain = inquiry.wanted == "overview" or (inquiry.wanted == "value" and not (has_units and has_figures))
    if not plain or wanted not in ABOUT_FIGURES or (wanted == "overview" and inquiry.wanted == "value"):
        return inquiry
    compares_days = before.against is not None and not has_days
    if (wanted == "compare" and (has_units or before.against is not None) and not compares_days) or (
        (has_units and wanted in _OVER_UNITS) or (has_figures and wanted in ("overview", "missing"))
    ):
        wanted = "value"
    intent = inquiry.intent if inquiry.intent == "outside" else wanted
    found = inquiry.changed(wanted=wanted, intent=intent)
    if wanted not in _OVER_UNITS:
        return found
    bounds = inquiry.bounds or before.bounds
    return found.changed(order=before.order, kinds=before.kinds, limit=before.limit, bounds=bounds)


def _of_units(inquiry: Inquiry, before: Inquiry) -> Inquiry:
    in_doubt: tuple[Doubt, ...] = ("unit",) if "unit" in before.doubts else ()
    rest = _without(inquiry.doubts, "unit")
    return inquiry.changed(
        units=before.units,
        all_units=before.all_units,
        unit_choices=before.unit_choices,
        merged=before.merged,
        may_be_other=before.may_be_other,
        doubts=_in_order((*rest, *in_doubt)),
    )


def _of_figures(inquiry: Inquiry, before: Inquiry) -> Inquiry:
    in_doubt: tuple[Doubt, ...] = ("indicator",) if "indicator" in before.doubts else ()
    rest = _without(inquiry.doubts, "indicator")
    return inquiry.changed(
        indicators=before.indicators,
        indicator_choices=before.indicator_choices,
        choice=before.choice,
        is_part=before.is_part,
        doubts=_in_order((*rest, *in_doubt)),
    )


def _of_days(inquiry: Inquiry, before: Inquiry) -> Inquiry:
    in_doubt: tuple[Doubt, ...] = ("period",) if "period" in before.doubts else ()
    rest = _without(inquiry.doubts, "period")
    against = before.against if inquiry.wanted == "compare" else None
    doubts = _in_order((*rest, *in_doubt))
    return inquiry.changed(span=before.span, against=against, span_choices=before.span_choices, doubts=doubts)


def _without(doubts: Sequence[Doubt], doubt: Doubt) -> tuple[Doubt, ...]:
    return tuple(each for each in doubts if each != doubt)


_ORDER: tuple[Doubt, ...] = ("meaning", "exclusion", "unknown", "unit", "indicator", "period", "gone")


def _in_order(doubts: Sequence[Doubt]) -> tuple[Doubt, ...]:
    """The doubts, each once, in the order in which they are asked."""
    return tuple(each for each in _ORDER if each in doubts)


def settles(inquiry: Inquiry, before: Inquiry, has_days: bool) -> bool:
    """Whether a text only names what was asked back last: «Thọ Dân» after «về đơn vị nào?», a day after «về ngày nào?»."""
    if not before.doubts or inquiry.intent not in ABOUT_FIGURES:
        return False
    named = (bool(inquiry.units), bool(inquiry.indicators), has_days)
    wanted = {"unit": (True, False, False), "indicator": (False, True, False), "period": (False, False, True)}
    return wanted.get(before.doubts[0]) == named
