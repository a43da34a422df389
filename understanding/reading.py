"""From a resident's words to an inquiry: what is wanted, of whom, of what, for which days, and what must be asked back."""

import re
from datetime import date
from typing import Literal

from understanding.changes import ranks_changes
from understanding.claims import contested, meant, readings
from understanding.codes import chosen_by_code
from understanding.days import days_said
from understanding.days_meant import with_span
from understanding.folding import fold
from understanding.following import asked_back, goes_on, going_on, is_cut_short, names_days, settles, wants_all
from understanding.inquiry import ABOUT_FIGURES, OF_ONE_INDICATOR, Bounds, Doubt, Inquiry, Intent, Span
from understanding.layout import lay_out
from understanding.places import read_places
from understanding.scene import Places, Scene, is_number
from understanding.several import may_be_several, several
from understanding.tokens import MOST_TOKENS, said_at
from understanding.vocabulary import Vocabulary
from understanding.wanted import is_of_fire, wanted_by

_OF_UNITS: frozenset[Intent] = frozenset(
    {"emergency", "subscribe", "unsubscribe", "report_help", "flag", "meta", "personal", "contact", "not collected"}
)

_SEVERAL = 2
_ASKING = ("quantity", "which", "where", "overview", "most", "least", "compare", "trend", "which day")
_YES_OR_NO = re.compile(r"\?|\b(?:khong|chua|ko|k)\b[^\w]*$")
_MOST_NAMES = 6
"""So many names that may be something else are tried at the most."""


def understand(
    text: str, vocabulary: Vocabulary, today: date, before: Inquiry | None = None, is_reply: bool = False
) -> Inquiry:
    """What a text asks for on the day `today`. Never raises, whatever the text; asks back rather than guess.

    `before`: what was told or asked back last, from which «còn …», «thế …» go on; with `is_reply` the text is an answer to just
    that, where it is known.
    """
    inquiry = _understood(text, vocabulary, today, before, is_reply)
    if not may_be_several(text):
        return inquiry

    def reads(part: str, one: Inquiry | None) -> Inquiry | None:
        asks = lay_out(part, vocabulary, today).has(*_ASKING) or _YES_OR_NO.search(fold(part)) is not None
        return _understood(part, vocabulary, today, one or before, one is not None) if asks else None

    return several(text, inquiry, reads)


def _understood(text: str, vocabulary: Vocabulary, today: date, before: Inquiry | None, is_reply: bool) -> Inquiry:
    if before is not None and (chosen := chosen_by_code(text, before.unit_choices)) is not None:
        return before.with_unit(chosen)
    scene = lay_out(text, vocabulary, today)
    inquiry = _inquiry(scene, text, today)
    if names := contested(scene):
        tried = readings(scene, names[:_MOST_NAMES])
        claimed = {each: _inquiry(lay_out(text, vocabulary, today, each), text, today) for each in tried}
        inquiry = meant(scene, inquiry, claimed)
    has_days = names_days(scene)
    if before is not None and (
        is_reply or goes_on(scene) or settles(inquiry, before, has_days) or is_cut_short(scene, inquiry, has_days)
    ):
        return _going_on(inquiry, before, has_days, wants_all(scene))
    return asked_back(inquiry) if is_reply or goes_on(scene) else inquiry


def _going_on(inquiry: Inquiry, before: Inquiry, has_days: bool, of_all: bool) -> Inquiry:
    """Of a question that may mean several things, each of them goes on."""
    if not inquiry.meanings:
        return going_on(inquiry, before, has_days, of_all)
    return inquiry.changed(meanings=tuple(going_on(each, before, has_days) for each in inquiry.meanings))


def _inquiry(scene: Scene, text: str, today: date) -> Inquiry:
    """What a scene asks for."""
    if len(scene.tokens) > MOST_TOKENS:
        return Inquiry("emergency" if scene.has("emergency", "rescue") else "unclear", "unclear")
    spans, vague = _spans(scene, today)
    comparing = scene.has("compare")
    places = read_places(scene, spans[-1] if spans else Span("latest", today, today), comparing)
    wanted = wanted_by(scene, places, spans)
    burns = wanted == "emergency" and is_of_fire(scene)
    inquiry = _with_figures(Inquiry(wanted, wanted, is_of_fire=burns), scene, places, spans, vague, today)
    intent = _intent(scene, places, inquiry)
    days = days_said(scene, text, spans, vague, today)
    return inquiry.changed(intent=intent, doubts=() if intent == "future" else inquiry.doubts, days=days)


def _spans(scene: Scene, today: date) -> tuple[list[Span], bool]:
    """The spans named for certain, each once; and whether the days are in doubt."""
    spans: list[Span] = []
    doubtful = scene.periods.is_unclear
    for options in scene.periods.named:
        doubtful |= len(options) != 1
        spans += [span for span in options if span not in spans]
    several = [span for span in spans if span.kind != "latest"]
    return several or spans, doubtful


def _intent(scene: Scene, places: Places, inquiry: Inquiry) -> Intent:
    """What to do now: what is ahead or outside is told before what was wanted."""
    if inquiry.wanted not in ABOUT_FIGURES:
        return inquiry.wanted
    if scene.periods.is_ahead:
        return "future"
    return "outside" if places.outside else inquiry.wanted


def _with_figures(
    inquiry: Inquiry, scene: Scene, places: Places, spans: list[Span], vague: bool, today: date
) -> Inquiry:
    """Adds units, indicators and days, and the doubts about them."""
    wanted = inquiry.wanted
    if wanted in ABOUT_FIGURES or wanted in _OF_UNITS:
        inquiry = _with_unread(_with_units(inquiry, scene, places), scene, places)
    if wanted == "flag" and not inquiry.doubts and not scene.indicators.choices and not vague and len(spans) < 2:
        inquiry = inquiry.changed(indicators=tuple(scene.indicators.named), span=spans[0] if spans else None)
    if wanted in _OF_UNITS and wanted != "subscribe":
        inquiry = inquiry.changed(doubts=(), unit_choices=(), named_outside="")
    if wanted in ABOUT_FIGURES:
        inquiry = _with_indicators(inquiry, scene, ranks_changes(scene, places, spans))
        inquiry = with_span(inquiry, scene, spans, vague, today)
    return inquiry


def _with_unread(inquiry: Inquiry, scene: Scene, places: Places) -> Inquiry:
    """Adds the doubts about words that leave something out, and about those that nothing explains."""
    doubts: list[Doubt] = ["exclusion"] if scene.left_out else []
    unknown = ""
    if inquiry.wanted in ABOUT_FIGURES and inquiry.wanted != "missing" and not places.outside:
        runs = [run for run in scene.leftovers() if not places.taken.issuperset(range(*run))]
        runs = [run for run in runs if not _belongs(scene, *run)]
        unknown = ", ".join(said_at(scene.tokens[start - _is_behind_number(scene, start) : end]) for start, end in runs)
    if unknown:
        doubts.append("unknown")
    if not doubts:
        return inquiry
    return inquiry.changed(doubts=(*doubts, *inquiry.doubts), unknown=unknown)


def _belongs(scene: Scene, start: int, end: int) -> bool:
    """Whether words are numbers or letters by themselves, or all of them words of an indicator that was named."""
    words = [token for token in scene.tokens[start:end] if not token.text.isdigit()]
    if all(len(token.text) == 1 for token in words):
        return not any(_is_behind_number(scene, at) for at in range(start, end))
    said_of = {token.word for token in words}
    return any(said_of <= scene.vocabulary.words_of[each] for each in scene.indicators.named)


def _is_behind_number(scene: Scene, at: int) -> bool:
    """«16h»: a letter that goes with the number before it."""
    return at > 0 and len(scene.tokens[at].text) == 1 and scene.tokens[at - 1].text.isdigit()


def _with_units(inquiry: Inquiry, scene: Scene, places: Places) -> Inquiry:
    root = scene.vocabulary.root
    units = tuple(places.units)
    doubts: list[Doubt] = []
    over_all = (
        inquiry.wanted in ("rank", "list", "missing") and not units and not places.is_doubtful and not places.outside
    )
    if over_all and root is not None:
        units = (root,)
    if places.outside:
        units = ()
    elif places.is_doubtful or (places.has_unknown and not units):
        doubts.append("unit")
    if places.is_gone and not places.outside:
        doubts.append("gone")
    order: Literal["", "most", "least"] = ""
    if inquiry.wanted == "rank":
        order = "least" if (scene.has("least") and scene.bounds is None) or scene.asks_for_none else "most"
    return inquiry.changed(
        units=units,
        all_units=over_all
        or (not places.outside and root is not None and units == (root,))
        or (root is None and places.whole),
        kinds=places.kinds if inquiry.wanted in ("rank", "list", "missing") else (),
        order=order,
        limit=_limit(scene) if inquiry.wanted == "rank" else None,
        bounds=_bounds(scene) if inquiry.wanted == "rank" else None,
        doubts=tuple(doubts),
        unit_choices=places.choices,
        merged=tuple(each for each in places.merged if each.now in units),
        heard=tuple(each for each in places.heard if each.unit in units),
        may_be_other=places.is_doubtful and (places.may_be_other or len(places.choices) < _SEVERAL),
        named_outside=places.outside,
    )


def _bounds(scene: Scene) -> Bounds | None:
    """«Xã nào có trên 5 ca»; «xã nào có ca», «xã nào không có ca»: those with one at least, or with none."""
    if scene.bounds is not None or scene.has("most", "least", "compare") or scene.is_superlative():
        return scene.bounds
    counts = [
        int(token.text)
        for at, token in enumerate(scene.tokens[:-1])
        if is_number(token) and at + 1 in scene.indicators.at
    ]
    if counts and not scene.asks_for_none:
        return Bounds(counts[0], counts[0])
    return Bounds(most=0) if scene.asks_for_none else Bounds(least=1)


def _limit(scene: Scene) -> int | None:
    """«top 5», «5 xã nhiều ca nhất»."""
    kinds = {kind.start for kind in scene.generic_kinds}
    for at, token in enumerate(scene.tokens):
        before = scene.tokens[at - 1].word if at else ""
        if token.text.isdigit() and len(token.text) < 3 and (before == "top" or at + 1 in kinds):
            return int(token.text) or None
    return None


def _with_indicators(inquiry: Inquiry, scene: Scene, is_change: bool) -> Inquiry:
    found = scene.indicators
    if (totals := _totals(inquiry, scene)) is not None:
        return totals
    doubts = list(inquiry.doubts)
    named, choices = list(found.named), list(found.choices)
    is_part = scene.has("rate", "narrowing") or scene.is_numbered_otherwise or found.is_near
    is_part |= is_change and inquiry.wanted in ("rank", "list")
    several = len(named) > 1 and inquiry.wanted in OF_ONE_INDICATOR
    if named and (is_part or several) and inquiry.wanted != "missing":
        choices, named = named + choices, []
    if choices or (inquiry.wanted in ("rank", "value") and not named):
        doubts.append("indicator")
    return inquiry.changed(
        indicators=tuple(named),
        indicator_choices=tuple(choices),
        choice=found.choice if named or choices else None,
        doubts=tuple(each for each in doubts if not (is_part and choices and each == "unknown")),
        is_part=is_part and bool(choices),
    )


def _totals(inquiry: Inquiry, scene: Scene) -> Inquiry | None:
    """«Lũy kế toàn huyện»: of no figure in particular, so of all that the forms keep as totals; None: something else is asked."""
    found, questions = scene.indicators, scene.vocabulary.questions
    totals = tuple(each for each, of in questions.items() if of.kind == "total" and of.is_public)
    if found.named or found.choices or not scene.hints.summed or not totals:
        return None
    if inquiry.wanted in ("overview", "value"):
        return inquiry.changed(intent="value", wanted="value", indicators=totals)
    if inquiry.wanted not in OF_ONE_INDICATOR:
        return None
    return inquiry.changed(indicator_choices=totals, doubts=(*inquiry.doubts, "indicator"))
