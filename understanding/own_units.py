"""Of several units of one name that of his own is meant, by whoever has one of them."""

from collections.abc import Callable

from reporting.typed_buttons import fold_typed
from reporting.units import Unit
from understanding.inquiry import Inquiry


def of_his_own(inquiry: Inquiry, text: str, is_own: Callable[[Unit], bool]) -> Inquiry:
    """The inquiry about that unit; as it is where the name is not all that is in doubt, or none, or several, are his own."""
    choices, typed = inquiry.unit_choices, fold_typed(text)
    if "unit" not in inquiry.doubts or inquiry.named_outside or len(choices) < 2:
        return inquiry
    if len({each.name for each in choices}) != 1 or fold_typed(choices[0].name) not in typed:
        return inquiry
    own = [each for each in choices if is_own(each)]
    return inquiry.with_unit(own[0]) if len(own) == 1 else inquiry
