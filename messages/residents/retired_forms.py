"""That figures are asked about which nobody reports any more, since their form was retired."""

from collections.abc import Iterable

from messages.residents.view import View
from reporting.forms import Form
from reporting.translator import Html


def retired(view: View, forms: Iterable[Form]) -> list[Html]:
    """A sentence for each day on which one of the forms was retired."""
    days = {form.schedule.until for form in forms if form.schedule.until is not None}
    return [view.words("tell_retired", date=day) for day in sorted(days) if day <= view.today]
