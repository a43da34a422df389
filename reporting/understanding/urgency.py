"""Whether a word of danger is a cry for help or only counted: «con tôi khó thở» is one, «mấy ca cấp cứu» is a number."""

from reporting.understanding.folding import words_in
from reporting.understanding.phrases import Found
from reporting.understanding.scene import Scene

_HIMSELF = words_in("toi minh chau con em ba bo me vo chong ong nha toi i my me we our")
_OF_CALLS = ("emergency", "self")


def without_counted(scene: Scene, counters: frozenset[int]) -> dict[str, list[Found[str]]]:
    """The cues of danger that remain: none where cases are counted and nobody speaks of himself or his own («trẻ em» is nobody)."""
    tokens = scene.tokens
    children = {n for n in range(1, len(tokens)) if tokens[n].word == "em" and tokens[n - 1].word == "tre"}
    found = {name: [e for e in scene.cues.get(name, ()) if e.start not in children] for name in _OF_CALLS}
    starts = {each.start for each in scene.phrases}
    ends = scene.ends("quantity")
    counts = bool(ends & (starts | {n - 1 for n in children})) or bool(starts and ends & counters)
    own = any(token.word in _HIMSELF and n not in children for n, token in enumerate(tokens))
    return {name: [] if counts and not own else each for name, each in found.items()}
