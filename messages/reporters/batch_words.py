"""What was understood of a message with several answers, and which pieces of it were not."""

from collections.abc import Sequence

from reporting.answers import Answer
from reporting.filling.line_results import Doubtful, Lines
from reporting.filling.moves import Filling
from reporting.questions.names import short_label
from reporting.questions.showing import show_answer
from reporting.questions.typed_text import echo
from reporting.translator import Html, Translator


def taken(filling: Filling, lines: Lines, words: Translator) -> Html:
    """«Đã ghi …»: what is on record now, what of it was another value before, and what was not taken, each with the reason.

    `filling`: as it was before the message.
    """
    fresh, again = [], []
    for name, answer in lines.answers.items():
        before = filling.answered(name)
        if before is None:
            fresh.append(name)
        elif before.value != answer.value or before.state != answer.state:
            again.append(name)
    said: list[Html] = []
    if fresh:
        said.append(words("lines_taken", what=_listed(filling, fresh, lines, words)))
    for name in again:
        question = filling.form.by_name[name]
        said.append(
            words(
                "lines_changed",
                name=short_label(filling.form, question, words.language),
                before=show_answer(question, filling.answered(name), words),
                value=show_answer(question, lines.answers[name], words),
            )
        )
    return Html("\n".join([*said, *not_taken(filling, lines, words)]))


def not_taken(filling: Filling, lines: Lines, words: Translator) -> list[Html]:
    """What of a message was not taken, each with the reason."""
    return [_doubtful(filling, each, words) for each in lines.doubtful]


def taken_at_once(before: Filling, filling: Filling, words: Translator) -> Html:
    """What a fast way has answered, kept or not, with its values; nothing at the review, where all of it stands."""
    if filling.draft.state == "review":
        return Html("")
    fresh = {name: answer for name, answer in filling.draft.answers.items() if before.answered(name) is None}
    kept = [name for name, answer in fresh.items() if answer.kept]
    said, lines = [], Lines(fresh)
    if kept and before.last_on is not None:
        what = _listed(filling, kept, lines, words)
        said.append(words("lines_kept", n=len(kept), period=words.brief(before.form.period(before.last_on)), what=what))
    if others := [name for name in fresh if name not in kept]:
        said.append(words("lines_taken", what=_listed(filling, others, lines, words)))
    return Html("\n".join(said))


def _listed(filling: Filling, names: Sequence[str], lines: Lines, words: Translator) -> Html:
    return Html("; ".join(_pair(filling, name, lines.answers[name], words) for name in names))


def _pair(filling: Filling, name: str, answer: Answer, words: Translator) -> Html:
    question = filling.form.by_name[name]
    label = short_label(filling.form, question, words.language)
    return words("lines_pair", name=label, value=show_answer(question, answer, words))


def _doubtful(filling: Filling, each: Doubtful, words: Translator) -> Html:
    among = " / ".join(f"«{short_label(filling.form, question, words.language)}»" for question in each.among)
    if each.why is not None:
        return words(each.key, piece=echo(each.piece), among=among, why=words.refusal(each.why))
    return words(each.key, piece=echo(each.piece), among=among)
