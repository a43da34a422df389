"""Which of the conditions that a rule joins with «and» do not hold, each in words: the form's own message is of them all."""

from decimal import Decimal

from reporting.expressions.comparisons import alternatives
from reporting.expressions.expression import Expression
from reporting.expressions.syntax import Call, Here, Literal, Node, Number, Operation, Reference
from reporting.forms import Question
from reporting.questions.checks import FormInstance
from reporting.questions.names import short_label
from reporting.questions.not_known import NotKnown
from reporting.questions.question_types import type_of
from reporting.texts import Text
from reporting.translator import LANGUAGES, Translator, translator

FAILED = {"<": "not_less", "<=": "more", ">": "not_more", ">=": "less", "=": "other", "!=": "same"}
"""What a comparison that does not hold comes to, by its operator."""

TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
JOINED = {"+": "failed_sum", "-": "failed_difference", "*": "failed_times"}


def failed_conditions(question: Question, rule: Expression, seen: FormInstance, not_known: NotKnown) -> Text:
    """«số vừa nhập nhỏ hơn F0 mới (3)», by language; nothing where there is but one condition, or one that has no words here."""
    conditions = rule.joined_by_and
    failed = [
        each
        for each in conditions
        if not each.truth(seen, question.name) and not not_known.is_beyond(each, question.name)
    ]
    if len(conditions) < 2 or not failed:
        return {}
    said: dict[str, str] = {}
    for language in LANGUAGES:
        each_said = [_condition(each.tree, question, seen, translator(language)) for each in failed]
        if all(each_said):
            said[language] = "; ".join(dict.fromkeys(each_said))
    return said


def _condition(tree: Node, question: Question, seen: FormInstance, words: Translator) -> str:
    """What is wrong, where it is one comparison beside which only special cases stand; «» where that cannot be said."""
    compared = [each for each in alternatives(tree) if not _is_special_case(each)]
    if len(compared) != 1 or not isinstance(compared[0], Operation) or compared[0].operator not in FAILED:
        return ""
    operator, left, right = compared[0].operator, compared[0].left, compared[0].right
    if isinstance(right, Here):
        operator, left, right = TURNED[operator], right, left
    sides = [_side(each, question, seen, words) for each in (left, right)]
    return words.plain(f"failed_{FAILED[operator]}", value=sides[0], than=sides[1]) if all(sides) else ""


def _is_special_case(condition: Node) -> bool:
    """Whether it asks if something is empty, or just one number: a rule does not hold then, it is let off."""
    if not isinstance(condition, Operation) or condition.operator != "=":
        return False
    return Literal("") in (condition.left, condition.right) or isinstance(condition.right, Number)


def _side(node: Node, question: Question, seen: FormInstance, words: Translator) -> str:
    """One side of a comparison: «số vừa nhập», «200», «F0 mới (3)», «10 lần số kỳ trước (1)»."""
    if isinstance(node, Here):
        return words.plain("failed_here")
    if isinstance(node, Number):
        return words.show(Decimal(node.text))
    if isinstance(node, Call) and node.name == "coalesce" and not isinstance(node.arguments[0], Number):
        return _side(node.arguments[0], question, seen, words)
    if isinstance(node, Reference):
        return _figure(node, question, seen, words)
    if isinstance(node, Operation) and node.operator in JOINED:
        left, right = (_side(each, question, seen, words) for each in (node.left, node.right))
        return words.plain(JOINED[node.operator], left=left, right=right) if left and right else ""
    return ""


def _figure(node: Reference, question: Question, seen: FormInstance, words: Translator) -> str:
    of = seen.form.by_name.get(node.name)
    if of is None:
        return ""
    value = (seen.last if node.last_saved else seen.values).get(node.name)
    shown = words.plain("failed_empty")
    if value is not None:
        shown = words.show(value) if isinstance(value, int | Decimal) else type_of(of).show(of, value, words)
    if node.name == question.name:
        return words.plain("failed_before", value=shown) if node.last_saved else words.plain("failed_here")
    key = "failed_figure_before" if node.last_saved else "failed_figure"
    return words.plain(key, name=short_label(seen.form, of, words.language), value=shown)
