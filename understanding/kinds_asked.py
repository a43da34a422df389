"""Of which kind a figure is asked for: what is new, what stands, or all up to now; and which indicators are counted so."""

from reporting.figures.indicator import Indicator
from understanding.counting_hints import Hints
from understanding.phrases import Found
from understanding.vocabulary import Meant, Vocabulary


def is_asked_otherwise(chosen: list[Indicator], close: list[Indicator], hints: Hints, vocabulary: Vocabulary) -> bool:
    """Whether it is asked for in a way that the indicator is not kept: a sum of what only stands, what is new of a total."""
    if len(chosen) != 1 or chosen[0] not in close:
        return False
    match vocabulary.questions[chosen[0]].kind:
        case "stock":
            return hints.summed
        case "total":
            return (hints.new or hints.over_days) and not hints.cumulative
    return False


def of_kind_asked(
    close: list[Indicator], cluster: list[Found[Meant]], hints: Hints, vocabulary: Vocabulary
) -> list[Indicator]:
    """Of indicators about as likely, and of their siblings of another kind, those of the kind that is asked for."""
    if any(each.value.choice is not None for each in cluster) or not close:
        return close
    kinds = {vocabulary.questions[each].kind for each in close}
    if len(close) > 1 and len({each.form for each in close}) > 1:
        return close
    stems = {each.value.stem for each in cluster if each.value.indicator in close}
    siblings = {
        other for stem in stems for other in vocabulary.by_stem.get(stem, ()) if other.form == close[0].form
    } | set(close)
    of_kind = {
        kind: [each for each in siblings if vocabulary.questions[each].kind == kind]
        for kind in ("flow", "stock", "total")
    }
    flows, stocks, totals = of_kind["flow"], of_kind["stock"], of_kind["total"]
    if "flow" in kinds and (hints.whole_time or hints.cumulative) and not totals:
        alike = [
            each
            for each in vocabulary.of_kind(close[0].form, "total")
            if any(stem <= vocabulary.words_of[each] for stem in stems)
        ]
        if alike:
            return alike if hints.whole_time and len(alike) == 1 else sorted({*close, *alike})
    if hints.whole_time and totals:
        return totals
    if "flow" in kinds and hints.cumulative and totals:
        return sorted({*close, *totals}) if hints.bounded else totals
    if "total" in kinds and flows and hints.bounded and hints.cumulative:
        return sorted({*flows, *totals})
    if (
        kinds & {"total", "stock"}
        and flows
        and (hints.new or hints.bounded)
        and not hints.cumulative
        and not hints.standing
    ):
        return flows if hints.new or "total" in kinds else sorted({*close, *flows})
    if "stock" in kinds and flows and hints.cumulative and not (hints.standing or hints.whole_time):
        return sorted({*close, *flows})
    if hints.standing and stocks and not hints.bounded and not hints.new:
        return [each for each in close if each in stocks] or sorted({*close, *stocks})
    if len(close) > 1 and kinds == {"flow", "total"} and len(totals) == 1:
        return totals
    return close
