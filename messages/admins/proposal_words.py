"""A proposal of an indicator: how its parts are asked for, what the desk reads of it, and what becomes of it."""

from collections.abc import Sequence

from reporting.events.indicators import IndicatorProposed, ProposalDecided
from reporting.people import Address
from reporting.presses.admins import DecideProposal, ProposalPress
from reporting.proposal import DECISIONS, Decision, Proposal
from reporting.say import Button, Rank, Say
from reporting.translator import Html, Translator, translator
from reporting.units import Unit

MOST_LISTED = 10


def ask_part(part: str, to: Address, words: Translator) -> Say:
    return Say(to, words(f"proposal_ask_{part}"))


def review_say(made: Proposal, to: Address, words: Translator) -> Say:
    """What will be sent, with «Gửi đề xuất», «Viết lại», «Bỏ»."""
    buttons = [Button(words.plain(f"proposal_button_{move}"), ProposalPress(made.id, move)) for move in _MOVES]
    return Say(to, Html(f"{words('proposal_review')}\n{_told(made, words)}"), (tuple(buttons),))


def sent_say(made: Proposal, to: Address, words: Translator) -> Say:
    return Say(to, words("proposal_sent", number=str(made.id)))


def proposed_say(of: IndicatorProposed) -> Say:
    """What the desk is told at once."""
    words = translator(of.to.language)
    head = words("proposal_new", name=of.by.name, unit=of.unit.title, number=str(of.proposal.id))
    text = "\n".join([head, _told(of.proposal, words), words("proposal_decide_how", number=str(of.proposal.id))])
    return Say(of.to.address, Html(text), _decisions(of.proposal, words), rank=Rank.REMINDER)


def decided_notice(of: ProposalDecided) -> Say:
    """What whoever proposed it is told."""
    words = translator(of.to.language)
    told = words(f"proposal_was_{of.proposal.state}", what=of.proposal.what, name=of.by.name)
    word = [words("proposal_word", word=of.proposal.word)] if of.proposal.word else []
    return Say(of.to.address, Html("\n".join([told, *word])), rank=Rank.REMINDER)


def ask_word(about: Proposal, decision: Decision, to: Address, words: Translator) -> Say:
    key = "proposal_ask_word_may" if decision == "taken" else "proposal_ask_word"
    verb = words.plain(f"proposal_button_{decision}")
    return Say(to, words(key, number=str(about.id), what=about.what, decision=verb))


def decided_say(number: int, decision: Decision, to: Address, words: Translator, *, is_told: bool) -> Say:
    verb = words.plain(f"proposal_button_{decision}")
    return Say(to, words("proposal_decided" if is_told else "proposal_decided_own", number=str(number), decision=verb))


def desk_list(found: Sequence[tuple[Proposal, Unit, str]], to: Address, words: Translator) -> Say:
    """Those that wait for the desk, with buttons for the first."""
    if not found:
        return Say(to, words("proposal_list_none"))
    lines = [words("proposal_list", n=len(found))]
    for made, unit, name in found[:MOST_LISTED]:
        key = "proposal_line_postponed" if made.state == "postponed" else "proposal_line"
        lines += [words(key, number=str(made.id), name=name, unit=unit.title), _told(made, words)]
    if len(found) > MOST_LISTED:
        lines.append(words("round_more", n=len(found) - MOST_LISTED))
    first = found[0][0]
    lines.append(words("proposal_decide_how", number=str(first.id)))
    rows = tuple(row for made, _, _ in found[:3] for row in _decisions(made, words, with_number=True))
    return Say(to, Html("\n".join(lines)), rows)


def own_list(found: Sequence[Proposal], to: Address, words: Translator) -> Say:
    """What somebody has proposed, and what became of it."""
    if not found:
        return Say(to, words("proposal_own_none"))
    lines = [words("proposal_own")]
    for made in found[:MOST_LISTED]:
        state = words.plain(f"proposal_state_{made.state}")
        key = "proposal_own_line_word" if made.word else "proposal_own_line"
        lines.append(words(key, number=str(made.id), what=made.what, state=state, word=made.word))
    return Say(to, Html("\n".join(lines)))


_MOVES = ("send", "anew", "drop")


def _told(made: Proposal, words: Translator) -> Html:
    """What, why, and counted in what."""
    key = "proposal_told" if made.measure else "proposal_told_without"
    return words(key, what=made.what, why=made.why, measure=made.measure)


def _decisions(made: Proposal, words: Translator, *, with_number: bool = False) -> tuple[tuple[Button, ...], ...]:
    number = f" #{made.id}" if with_number else ""
    return (
        tuple(
            Button(words.plain(f"proposal_button_{each}") + number, DecideProposal(made.id, each)) for each in DECISIONS
        ),
    )
