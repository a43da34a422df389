"""What makes the place of a question uncertain: words that nothing explains, a part of a unit, everyday words beside a name."""

from collections.abc import Sequence
from itertools import pairwise

from understanding.folding import is_syllable
from understanding.mentions import Mention, alike
from understanding.scene import Places, Scene, is_number
from understanding.tokens import said_at
from understanding.word_lists import word_list

_PLACE_BEFORE = word_list("places").words("before places")


def read_uncertain(scene: Scene, mentions: Sequence[Mention], places: Places) -> None:
    """Puts in doubt what the words around the names leave in doubt."""
    _read_relative(scene, places)
    _read_leftovers(scene, mentions, places)
    _read_narrower(scene, mentions, places)
    _read_neighbours(scene, mentions, places)
    if not (places.units or places.choices or places.outside or places.which or places.each):
        _read_loose(scene, places)
        _read_numerals(scene, places)


def _read_numerals(scene: Scene, places: Places) -> None:
    """«04 ca cộng đồng», where a ward is called «04»: how many there are, or whose number is asked for?"""
    taken = scene.bounded | scene.periods.at | scene.aside
    found = (
        each
        for each in scene.names
        if len(each.at) == 1 and is_number(scene.tokens[each.start]) and each.start not in taken
    )
    units = tuple(dict.fromkeys(each.value.unit for each in found if scene.vocabulary.is_ours(each.value.unit)))
    if units and not places.whole and not places.outside:
        places.is_doubtful, places.choices = True, units


def _read_relative(scene: Scene, places: Places) -> None:
    """«Xã bên cạnh Thọ Dân», «các xã khác»: which units these are is not known here."""
    if scene.beside:
        places.is_doubtful, places.may_be_other = True, True
        places.units, places.choices, places.which, places.each = [], (), False, False


def _read_neighbours(scene: Scene, mentions: Sequence[Mention], places: Places) -> None:
    """An everyday word right beside a bare name («duong minh chau») may make it another name: that is asked back."""
    topic = scene.spots("topic")
    loose = [
        each and n not in topic and scene.tokens[n].readings[0].is_bare and not _is_of_forms(scene, n)
        for n, each in enumerate(scene.loose_words())
    ]
    for mention in mentions:
        before = mention.start > 0 and loose[mention.start - 1]
        after = mention.end < len(loose) and loose[mention.end]
        if (before or after) and not mention.kinds and mention.is_ours and mention.is_sure:
            places.is_doubtful = places.may_be_other = True
            places.choices = tuple(
                dict.fromkeys((*places.choices, *(unit for unit in mention.units if unit in places.units)))
            )
            places.units = [unit for unit in places.units if unit not in mention.units]


def _is_of_forms(scene: Scene, at: int) -> bool:
    """An English word of the forms is no part of a name here («teaching»)."""
    token = scene.tokens[at]
    return token.readings[0] in scene.vocabulary.form_signs and not is_syllable(token.word)


def _read_loose(scene: Scene, places: Places) -> None:
    """With no unit named: words that may be the name of a place that is not known here."""
    for start, end in scene.capital_runs():
        places.outside = said_at(scene.tokens[start:end])
        return
    loose = scene.loose_words()
    side_by_side = any(one and other for one, other in pairwise(loose))
    behind_in = any(each and n and scene.tokens[n - 1].word in ("o", "tai") for n, each in enumerate(loose))
    places.has_unknown |= side_by_side or behind_in


def _read_leftovers(scene: Scene, mentions: Sequence[Mention], places: Places) -> None:
    """Words that nothing explains: beside a unit's name they may make it another place's; alone they may be a place."""
    edges = {mention.start for mention in mentions if mention.is_ours} | {
        mention.end for mention in mentions if mention.is_ours
    }
    for start, end in scene.leftovers():
        words = scene.tokens[start:end]
        beside = start in edges or end in edges
        capital = all(token.is_capital for token in words) and (start > 0 or len(words) > 1)
        after_place = start > 0 and scene.tokens[start - 1].word in _PLACE_BEFORE
        if beside or (capital and places.units):
            places.is_doubtful = places.may_be_other = True
            places.choices = tuple(dict.fromkeys((*places.choices, *places.units)))
            places.units = []
        elif not places.units and not places.outside and not places.choices:
            near = alike(words, scene.vocabulary)
            if near:
                places.taken.update(range(start, end))
                places.is_doubtful = True
                places.choices = near
                places.outside = said_at(words) if len(words) > 1 else ""
            elif (
                capital
                or after_place
                or (len(words) > 1 and any(token.word in scene.vocabulary.by_word for token in words))
            ):
                places.outside = said_at(words)
            else:
                places.has_unknown = True


def _read_narrower(scene: Scene, mentions: Sequence[Mention], places: Places) -> None:
    """A village, a school or a street is less than the unit: its figure is not the unit's."""
    counted = {word for indicator in scene.indicators.named for word in scene.vocabulary.words_of[indicator]}
    for found in scene.cues.get("narrower", ()):
        if all(scene.tokens[at].word in counted for at in found.at):
            continue
        if scene.indicators.seen.intersection(found.at) and found.end not in {mention.start for mention in mentions}:
            continue
        places.part_asked = places.may_be_other = True
        if places.units:
            places.is_doubtful = True
            places.choices = tuple(dict.fromkeys((*places.choices, *places.units)))
            places.units = []
        elif not (places.choices or places.outside or places.which or places.each):
            places.has_unknown = True
