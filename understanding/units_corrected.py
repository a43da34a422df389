"""A unit that is taken back for another: «không phải Thọ Dân mà là Thọ Tân», «Thọ Tân chứ không phải Thọ Dân», «not … but …»."""

from itertools import pairwise

from understanding.scene import Scene
from understanding.word_lists import word_list

_NOT = {tuple(sign.base for sign in signs) for signs in word_list("leaving_out").phrases("taking back")}
_BUT = {tuple(sign.base for sign in signs) for signs in word_list("leaving_out").phrases("but this")}
_NOT_THAT = {tuple(sign.base for sign in signs) for signs in word_list("leaving_out").phrases("not that")}
_MOST_WORDS = 4


def leave_taken_back(scene: Scene) -> None:
    """Leaves out a unit that another one is named for, and the words that say so."""
    for one, other in list(pairwise(scene.mentions)):
        between = [at for at in range(one.end, other.start) if scene.tokens[at].is_word]
        said = tuple(scene.tokens[at].word for at in between)
        if said in _NOT_THAT:
            _leave(scene, other.start, range(one.end, other.end))
        elif said in _BUT and (start := _begins(scene, one.start)) is not None:
            _leave(scene, one.start, range(start, other.start))


def _begins(scene: Scene, end: int) -> int | None:
    """Where «không phải» begins that ends right before a unit."""
    words = [token.word for token in scene.tokens[:end]]
    sizes = range(1, min(_MOST_WORDS, end) + 1)
    return next((end - size for size in sizes if tuple(words[end - size :]) in _NOT), None)


def _leave(scene: Scene, mention: int, words: range) -> None:
    scene.mentions = [each for each in scene.mentions if each.start != mention]
    scene.aside |= frozenset(words)
    scene.takes_back = True
    for name in ("negation", "exclusion"):
        scene.cues[name] = [each for each in scene.cues.get(name, ()) if not scene.aside.issuperset(each.at)]
