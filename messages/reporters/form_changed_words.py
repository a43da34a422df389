"""What whoever has begun a report is told when its form changes under his hands, or is wanted no more."""

from reporting.events.drafts import DraftCarriedOver, DraftNotWanted
from reporting.presses.reporters import OpenReport
from reporting.say import Button, Rank, Say
from reporting.texts import in_language
from reporting.translator import Html, translator

MOST_NAMED = 6


def carried_say(of: DraftCarriedOver) -> Say:
    """How many answers are kept, and which are asked again or no more; a button goes on."""
    words = translator(of.to.language)
    title = in_language(of.form.title, words.language)
    lines = [words("form_draft_carried", title=title, unit=of.unit.title, date=of.period, n=of.kept)]
    labels = [in_language(each.alone, words.language) or each.name for each in of.asked_again]
    if labels:
        named = "; ".join(labels[:MOST_NAMED]) + ("…" if len(labels) > MOST_NAMED else "")
        lines.append(words("form_draft_not_kept", n=len(labels), labels=named))
    if of.is_practice:
        return Say(of.to.address, Html("\n".join([*lines, words("practice_note")])), rank=Rank.REMINDER)
    lines.append(words("form_draft_go_on"))
    button = Button(words.plain("round_button_report"), OpenReport(of.form.key, of.unit.id, of.period))
    return Say(of.to.address, Html("\n".join(lines)), ((button,),), rank=Rank.REMINDER)


def not_wanted_say(of: DraftNotWanted) -> Say:
    words = translator(of.to.language)
    title = in_language(of.form.title, words.language)
    text = words("form_draft_not_wanted", title=title, unit=of.unit.title, date=of.period)
    return Say(of.to.address, text, rank=Rank.REMINDER)
