"""The paragraph of a digest about figures that are in question: asked back, and not answered yet."""

from messages.digests.reading import Reading, Room
from messages.leaders.acting_words import written_said
from reporting.texts import in_language
from reporting.translator import Html


def questions(reading: Reading, room: Room) -> Html | None:
    """Which units' figures are in question, and by when the answer is due."""
    words, evidence = reading.words, reading.evidence
    if not evidence.asked:
        return None
    parts = []
    for each in evidence.asked[: room.lines]:
        question = evidence.form.by_name.get(each.indicator)
        label = in_language(question.alone, words.language) if question is not None else each.indicator
        parts.append(
            words(
                "digest_question",
                unit=evidence.tree.unit(each.unit_id).title,
                label=label,
                value=written_said(evidence.form, each.indicator, each.value, words),
                at=each.due_at.astimezone(evidence.zone),
            )
        )
    if len(evidence.asked) > room.lines:
        parts.append(words("round_more", n=len(evidence.asked) - room.lines))
    return words("digest_questions", n=len(evidence.asked), list=Html("; ".join(parts)))
