"""Whether a question leaves something out («trừ», «không tính», «chưa», «except»): no figure tells what is left then."""

from understanding.asides import clauses, is_himself
from understanding.scene import CLOSING, EXISTS, Scene
from understanding.word_lists import word_list

_NEEDS_OBJECT = word_list("leaving_out").words("needs object")
"""These leave something out only if it stands right behind them: «ngoài xã Thọ Dân», not «ở ngoài»."""
_LIGHT = word_list("leaving_out").words("light")
_PARTICLES = word_list("leaving_out").words("particles")
_OPENERS = word_list("leaving_out").words("openers")
_BEFORE_PLACES = word_list("leaving_out").words("before places")


def left_out(scene: Scene) -> frozenset[int]:
    """The words of exclusion and negation that bear on a unit or an indicator and are neither a form's own nor «… không?»."""
    leaving: set[int] = set()
    spoken = [sorted(clause) for clause in clauses(scene.tokens, scene.named)]
    counted = {at for each in scene.phrases for at in each.at}
    asked = scene.named | scene.kind_spots | counted
    for name in ("exclusion", "negation"):
        for found in scene.cues.get(name, ()):
            clause = next((each for each in spoken if found.start in each), [])
            by_the_way = scene.aside.issuperset(found.at) and not scene.named.intersection(clause)
            if by_the_way or scene.bounded.issuperset(found.at) or _is_explained(scene, found.at):
                continue
            after = [at for at in clause if at >= found.end]
            if name == "exclusion":
                bears = _bears(scene, found.start, after, asked)
            else:
                bears = bool(asked.intersection(clause)) and not _is_harmless(scene, found.start, clause, after)
            leaving.update(found.at if bears else ())
    return frozenset(leaving)


def _is_explained(scene: Scene, at: tuple[int, ...]) -> bool:
    """Whether a form's phrase holds the word («lúa chưa gặt»), or a phrase that begins with it («không biết», «chưa báo cáo»)."""
    pair = tuple(token.word for token in scene.tokens[at[-1] : at[-1] + 2])
    of_forms = pair in scene.vocabulary.pairs or any(set(at) <= set(each.at) for each in scene.phrases)
    return of_forms or any(
        set(at) < set(each.at) and each.start == at[0]
        for name, cues in scene.cues.items()
        for each in cues
        if name not in ("exclusion", "negation")
    )


def _bears(scene: Scene, at: int, after: list[int], asked: set[int]) -> bool:
    if scene.tokens[at].word not in _NEEDS_OBJECT:
        return bool(asked)
    behind = [n for n in after if not (scene.tokens[n].word in _LIGHT or scene.tokens[n].text.isdigit()) or n in asked]
    return bool(behind) and behind[0] in asked


def _is_harmless(scene: Scene, at: int, clause: list[int], after: list[int]) -> bool:
    """Whether a «không» asks («có ca nào không?») or says that there is none of what is counted, rather than leaves out."""
    words = [scene.tokens[n].word for n in after]
    rest = [n for n in after if n not in scene.periods.at and scene.tokens[n].is_word]
    if all(scene.tokens[n].word in _PARTICLES or scene.tokens[n].readings[0] in CLOSING for n in rest):
        return True
    if words[0] == "hay" and any(scene.tokens[n].word in _OPENERS for n in clause if n < at):
        return True
    counted = {n for each in scene.phrases for n in each.at}
    of_himself = any(is_himself(scene.tokens[n]) for n in clause)
    if of_himself and not counted.intersection(clause) and not (scene.named | scene.kind_spots).intersection(after):
        return True
    if words[0] in EXISTS:
        counted = {n for each in scene.phrases for n in each.at} | scene.named | scene.kind_spots
        first = next((n for n in after if n in counted), None)
        return first is None or first not in scene.named | scene.kind_spots
    quantity = scene.spots("quantity").intersection(clause)
    opened = any(scene.tokens[n].word in _OPENERS for n in clause if n < at)
    return opened and not quantity and (after[0] in scene.periods.at or words[0] in _BEFORE_PLACES)
