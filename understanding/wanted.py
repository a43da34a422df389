"""What a question wants: a value, a list, a ranking, help, or something that is not ours to tell."""

from understanding.changes import asks_for_change, compares_days, ranks_changes, words_of
from understanding.inquiry import Intent, Span
from understanding.persons import speaks_of_somebody
from understanding.phrases import Found
from understanding.scene import Places, Scene
from understanding.vocabulary import Meant

_FIRST: tuple[Intent, ...] = ("personal", "unsubscribe", "subscribe", "report_help", "flag")
_ASKING = ("quantity", "which", "where", "overview", "most", "least", "compare", "trend", "list", "missing")
_LAST: tuple[Intent, ...] = ("help", "thanks", "greet")


def _overlaps_phrase(scene: Scene, name: str) -> bool:
    """Whether every cue of that name is (partly) words of an indicator: «ca cấp cứu» where such are counted; not «sắp chết» of «chết».

    Of what is personal the whole cue must be: «ai bị nhiễm» asks who, though «bị nhiễm» is counted.
    """
    if name == "personal":
        return all(
            any(set(found.at) <= set(each.at) or _is_number_of(scene, found, each) for each in scene.phrases)
            for found in scene.cues.get(name, ())
        )
    wide = [set(each.at) for each in scene.phrases if len(each.at) > 1 or len(scene.tokens[each.start].word) > 2]
    topic = scene.spots("topic")
    return all(
        any(at & set(found.at) and not at < set(found.at) for at in wide)
        or (found.end - 1 in topic and found.end in topic)
        for found in scene.cues.get(name, ())
    )


def _is_number_of(scene: Scene, found: Found[str], phrase: Found[Meant]) -> bool:
    """«Số nhà» before «nhà bị ngập» is their number, no address."""
    return scene.tokens[found.start].word == "so" and found.end - 1 in phrase.at and len(phrase.at) > 1


def wanted_by(scene: Scene, places: Places, spans: list[Span]) -> Intent:
    """What would be answered, were nothing in doubt."""
    if scene.has("rescue") or is_of_fire(scene):
        return "emergency"
    if scene.has("emergency") and not _overlaps_phrase(scene, "emergency"):
        return "emergency"
    if (answers := _about_those_who_answer(scene)) is not None:
        return answers
    for intent in _FIRST:
        if (
            scene.has(intent)
            and not _overlaps_phrase(scene, intent)
            and not (intent == "personal" and _asks_if_any(scene))
        ):
            return intent
    if _says_wrong(scene):
        return "flag"
    if _begins_to_follow(scene):
        return "subscribe"
    if scene.has("send me") and scene.has("regularly"):
        return "subscribe"
    if _speaks_of_himself(scene):
        return "emergency"
    if speaks_of_somebody(scene) or (scene.has("list") and _asks_for_people(scene, places)):
        return "personal"
    if scene.has("missing"):
        return "not collected" if _how_often(scene) else "missing"
    if scene.has("meta") and not _overlaps_phrase(scene, "meta"):
        return "meta"
    return _about_figures(scene, places, spans)


def is_of_fire(scene: Scene) -> bool:
    """Whether something burns, and no form counts what burns."""
    return scene.has("fire") and not _overlaps_phrase(scene, "fire")


def _asks_if_any(scene: Scene) -> bool:
    """«Có ai chết không», «có người nào …» and «who has not reported» ask for no person, nor does who is counted nowhere."""
    if scene.has("missing") and not scene.phrases:
        return True
    words = [token.word for token in scene.tokens]
    return all(
        each.start
        and words[each.start - 1] == "co"
        and (words[each.start] == "ai" or words[each.start : each.start + 2] == ["nguoi", "nao"])
        for each in scene.cues["personal"]
    )


def _says_wrong(scene: Scene) -> bool:
    """«Số ca Thọ Dân hôm qua sai»: a figure is doubted, and none is asked for."""
    is_wrong = any(token.text.lower() == "sai" for token in scene.tokens)
    return is_wrong and bool(scene.mentions or scene.phrases) and not scene.has("quantity", "which", "overview", "most")


def _begins_to_follow(scene: Scene) -> bool:
    """«Theo dõi số ca mắc toàn huyện»: said first of all, and no indicator is called so."""
    phrases = {at for each in scene.phrases for at in each.at}
    return [token.word for token in scene.tokens[:2]] == ["theo", "doi"] and not phrases & {0, 1}


def _how_often(scene: Scene) -> bool:
    """«Báo cáo muộn mấy lần»: how many times is not kept."""
    words = [token.word for token in scene.tokens]
    return any(word in ("lan", "times") and at in scene.ends("quantity") for at, word in enumerate(words))


def _about_those_who_answer(scene: Scene) -> Intent | None:
    """«Bạn là ai» is about us, «ai báo cáo xã …» about who is responsible; not «bot ơi, F0 là ai», nor «ai chưa báo cáo»."""
    counted = {at for each in scene.phrases for at in each.at}
    ours = [*scene.cues.get("about", ()), *_whose_we_are(scene)]
    if ours and not counted and not scene.mentions and (scene.has("ourselves") or not scene.leftovers()):
        return "about"
    if scene.has("complaint") and not (scene.has(*_ASKING) if counted or scene.mentions else False):
        return "complaint"
    if scene.has("institution") and scene.has("reached") and not counted:
        return "contact"
    if scene.has("contact") and not scene.has("missing", "report_help", "flag", "quantity", "most", "least"):
        return "contact"
    return None


def _whose_we_are(scene: Scene) -> list[Found[str]]:
    """«Bot này» and «của ai» side by side."""
    us = scene.cues.get("ourselves", ())
    return [
        each
        for each in scene.cues.get("whose", ())
        if any(each.start == one.end or each.end == one.start for one in us)
    ]


def _speaks_of_himself(scene: Scene) -> bool:
    """«Em là F1», «con tôi bị …»: a patient asks for advice, not for a figure."""
    starts = {each.start for each in scene.phrases if each.value.choice is None}
    return any(found.end in starts for found in scene.cues.get("self", ()))


def _asks_for_people(scene: Scene, places: Places) -> bool:
    """«Danh sách F0 xã Thọ Dân» is a list of people; «danh sách ca mắc các xã» is not."""
    indicators = scene.indicators
    return (
        bool(indicators.named)
        and indicators.choice is None
        and not (places.each or places.which or places.whole or scene.generic_kinds)
    )


def _about_figures(scene: Scene, places: Places, spans: list[Span]) -> Intent:
    has_indicator = bool(scene.indicators.named or scene.indicators.choices)
    if scene.has("not ours") and not _overlaps_phrase(scene, "not ours"):
        return "not collected"
    if not has_indicator and _asks_its_number(scene):
        return "not collected"
    if scene.has("where") and not places.which and has_indicator:
        return "not collected"
    several = len(places.units) + (1 if places.choices or places.outside else 0) > 1
    superlative = scene.has("most") or scene.is_superlative(places.which)
    if several and (scene.has("compare") or (scene.has("which", "where") and scene.has("more"))):
        return "compare"
    if scene.has("which day") and places.units and not (has_indicator or scene.has("trend") or scene.periods.is_ahead):
        return "meta"
    if not (places.which or places.each) and compares_days(scene, spans):
        return "compare"
    if scene.has("trend", "which day") and (has_indicator or places.units or places.whole) and not places.which:
        return "trend"
    if has_indicator and not (places.which or places.each) and asks_for_change(scene):
        return "trend"
    if not has_indicator and ranks_changes(scene, places, spans):
        return "not collected"
    if (has_indicator and (superlative or places.which)) or (places.which and superlative and not scene.leftovers()):
        return "rank"
    if scene.indicators.choice is not None and places.each:
        return "rank"
    if has_indicator and places.each and (scene.asks_for_none or scene.bounds is not None):
        return "rank"
    if places.each or scene.has("list", "breakdown"):
        return (
            "list"
            if has_indicator or scene.has("overview", "list", "breakdown") or not scene.leftovers()
            else "not collected"
        )
    if has_indicator:
        return "value"
    return _without_indicator(scene, places, spans)


def _asks_its_number(scene: Scene) -> bool:
    """«Bão số mấy rồi»: which of them it is, no figure of it."""
    topic = {each.end for each in scene.cues.get("topic", ())}
    return any(each.start in topic and words_of(scene, each) == ["so", "may"] for each in scene.cues.get("reached", ()))


def _without_indicator(scene: Scene, places: Places, spans: list[Span]) -> Intent:
    if scene.has("rate", "narrowing") or places.part_asked or scene.is_numbered_otherwise:
        return "not collected"
    if scene.has("help"):
        return "help"
    if places.which and scene.has("topic"):
        return "rank"
    asks = scene.has("quantity", "overview", "which", "where") or scene.periods.is_vague
    named = bool(places.units or places.choices or places.outside or places.whole or places.is_doubtful)
    if (
        scene.leftovers()
        and not (named and scene.has("overview"))
        and scene.has("quantity", "which", "where", "which day")
    ):
        return "not collected"
    if named and scene.leftovers() and not scene.has("overview", "topic"):
        return "value"
    if (
        named
        or ((spans or scene.periods.no_day) and not scene.leftovers())
        or scene.periods.is_ahead
        or scene.has("summed")
        or (asks and scene.has("overview", "topic") and not scene.leftovers())
    ):
        return "overview"
    for intent in _LAST:
        if scene.has(intent):
            return intent
    return "unclear"
