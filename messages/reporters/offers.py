"""What the bot offers to do with figures that come unasked: to put them into a report. Nothing is done before the answer."""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import lru_cache

from messages.reporters.batch_words import not_taken
from reporting.filling.line_pieces import items_told, number_apart
from reporting.filling.line_results import Doubtful, Lines
from reporting.filling.moves import Filling
from reporting.forms import Form, Question
from reporting.people import Address
from reporting.presses.reporters import AnswerOffer
from reporting.questions.names import Names, short_label
from reporting.questions.showing import show_answer
from reporting.say import Button, Say
from reporting.translator import LANGUAGES, Html, Translator, translator
from reporting.typed_buttons import fold_typed
from reporting.units import Unit
from understanding.numbers_corrected import changed_into, part_mistake

ANSWERS = ("yes", "no")
TYPED_WITHIN = timedelta(minutes=30)
"""Only so long is «sửa» or «không» an answer to it; its buttons hold as long as it stands."""
LONGEST = 4000
SEVERAL = 2
"""So many lines are taken for figures though others beside them are not clear."""
_NUMBER_LAST = re.compile(r"\d\s*$")


def may_hold_figures(text: str) -> bool:
    """Whether a text may be figures with their names, and is no question."""
    return "?" not in text and len(text) <= LONGEST and any(map(str.isdigit, text))


def figures_in(text: str, forms: Iterable[Form]) -> str:
    """A message without the words that ask for a change («sửa f0 5», «sửa f0 từ 3 thành 5») or take a number back.

    `forms`: those that it may be for, whose names may have a number in them («mũi 1»).
    """
    names = [Names.of(form) for form in forms]
    text, is_change = part_mistake(text, names)
    words = [word.strip(":,-–") for word in text.split()]
    begins = next((at for at, word in enumerate(words) if fold_typed(word) not in _phrases("before")), 0)
    if begins:
        begins = next((at for at in range(begins) if _are_named(names, words[at:])), begins)  # «hộ nghèo 5»
    if begins and _are_named(names, words[begins:]):
        text, words, begins = text.split(maxsplit=begins)[begins], words[begins:], 0  # «dạ f0 5»
    for size in range(min(3, len(words) - 1 - begins), 0, -1):
        is_lead = fold_typed(" ".join(words[begins : begins + size])) in _phrases("lead")
        if is_lead and not _are_named(names, words[begins:]):  # without its marks «đội 1» is «đổi 1»
            return changed_into(text.split(maxsplit=begins + size)[begins + size].lstrip(" :,-–"), names)
    return changed_into(text, names) if is_change else text


def _are_named(names: Sequence[Names], words: Sequence[str]) -> bool:
    """Whether these words begin with the name of a figure."""
    return any(each.at_start(words)[1] for each in names)


def figures_told(text: str) -> str:
    """The same without what a sentence begins with: only for what is asked about before it is taken.

    «Báo cáo anh ạ: hôm nay xã có 2 F0 mới» begins with words that name nothing before its first figure is named.
    """
    words = text.split()
    size = next(
        (at for at, word in enumerate(words) if fold_typed(word.strip(":,.-–")) not in _phrases("around")), len(words)
    )
    if not size or size == len(words) or not words[size][0].isdigit() or "\n" in text[: text.index(words[size])]:
        return text
    if fold_typed(words[size - 1]) in _phrases("numbered"):
        return text  # «phường 5 f0», «ngày 3 f0»: the number may be its own
    rest = text.split(maxsplit=size)[size]
    if any(fold_typed(word) in _phrases("more") for word in words[:size]):
        return f"+{rest}"  # «thêm 2 f0»: to those that stand, if any do
    return rest if number_apart(items_told(rest)) is None else text  # «ngày 3: 5 ca» is no third figure of the list


def is_whole(lines: Lines) -> bool:
    """Whether a message was read to its end, or for the greater part."""
    return bool(lines.answers) and (not lines.doubtful or len(lines.answers) >= SEVERAL)


def has_figures(lines: Lines) -> bool:
    """Whether anything of a message was read."""
    return bool(lines.answers)


def in_doubt(lines: Lines) -> Doubtful | None:
    """The one piece of a message that is a number with a name that may mean several; None if it is anything else."""
    if lines.answers or len(lines.doubtful) != 1:
        return None
    only = lines.doubtful[0]
    has_choices = bool(only.among) and bool(only.value) and only.key in ("line_ambiguous", "line_near")
    return only if has_choices and _NUMBER_LAST.search(only.value) else None


def answer_typed(text: str) -> str | None:
    """«yes» or «no», where a text says it in any of our languages."""
    folded = fold_typed(text)
    return next((each for each in ANSWERS if folded in _phrases(each)), None)


@lru_cache
def _phrases(of: str) -> frozenset[str]:
    return frozenset(
        fold_typed(each) for lang in LANGUAGES for each in translator(lang).plain(f"offer_typed_{of}").split(";")
    )


def ask_whether(
    filling: Filling, lines: Lines, unit: Unit, message_id: int, to: Address, words: Translator, *, was_sent: bool
) -> Say | None:
    """What would be changed, or written, and whether it shall be; None where nothing would be. `filling`: what stands."""
    names = [name for name, each in lines.answers.items() if _differs(filling, name, lines)]
    if not names:
        return None
    key = "offer_change" if was_sent else "offer_write"
    changes = [_change(filling, name, lines, words) for name in names]
    head = words(f"{key}_head", period=filling.period, unit=unit.title)
    rest = [words("offer_rest", text=lines.rest)] if lines.rest and not was_sent else []
    text = "\n".join([head, *changes, *not_taken(filling, lines, words), *rest, words(f"{key}_foot")])
    row = tuple(
        Button(words.plain(button), AnswerOffer(message_id, answer))
        for button, answer in ((f"{key}_button", "yes"), ("offer_no", "no"))
    )
    return Say(to, text, (row,))


def ask_which_is_meant(doubtful: Doubtful, filling: Filling, message_id: int, to: Address, words: Translator) -> Say:
    """Which of several figures a name means: each is a button."""
    rows = [
        (Button(_named(filling, each, doubtful.value, words), AnswerOffer(message_id, "pick", place)),)
        for place, each in enumerate(doubtful.among)
    ]
    return Say(to, words("offer_which", piece=doubtful.piece), (*rows, (_no(message_id, words),)))


def picked(doubtful: Doubtful, place: int) -> str:
    """What the message would have said, had it named the figure in full. IndexError where there is no such choice."""
    return f"{_names(doubtful.among)[place]}: {doubtful.value}"


def _names(among: Sequence[Question]) -> list[str]:
    return [question.name for question in among]


def _no(message_id: int, words: Translator) -> Button:
    return Button(words.plain("offer_no"), AnswerOffer(message_id, "no"))


def _named(filling: Filling, question: Question, value: str, words: Translator) -> str:
    return f"{short_label(filling.form, question, words.language)}: {value}"


def _differs(filling: Filling, name: str, lines: Lines) -> bool:
    before, answer = filling.answered(name), lines.answers[name]
    return before is None or (before.value, before.state) != (answer.value, answer.state)


def _change(filling: Filling, name: str, lines: Lines, words: Translator) -> Html:
    question, before = filling.form.by_name[name], filling.answered(name)
    label = short_label(filling.form, question, words.language)
    new = show_answer(question, lines.answers[name], words)
    if before is None:
        return words("offer_line", label=label, new=new)
    return words("change_line", label=label, old=show_answer(question, before, words), new=new)
