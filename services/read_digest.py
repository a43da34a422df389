"""Read a digest of a subtree, now or as it was kept: everybody who is shown one is shown a frozen one («chốt số»)."""

from collections.abc import Sequence
from datetime import date, timedelta

from reporting.access import Actor
from reporting.digests.digest_record import Digest
from reporting.digests.evidence import Evidence
from reporting.errors import Refused
from reporting.forms import Form
from reporting.rounds.periods import moment
from reporting.rounds.standings import is_large
from reporting.units import Unit
from reporting.units_as_now import is_as_now
from services.access import demand
from services.context import Context
from services.digest_evidence import digest_evidence
from storage.figures import digests
from storage.figures.digests import Frozen
from storage.reports import forms

FRESH = timedelta(minutes=10)


def evidence_for(context: Context, actor: Actor, form: Form, unit: Unit, periods: Sequence[date]) -> Evidence:
    """What a digest of the unit is derived from. Refused for whoever may not read it, and where no unit is expected to report."""
    demand(context, actor, "digest", unit)
    found = evidence_of(context, form, unit, periods)
    if found is None:
        raise no_form_then(form, periods[-1])
    return found


def no_form_then(form: Form, period: date) -> Refused:
    """That for this period no form applied to the unit in question."""
    return Refused("period_no_form", period=form.period(period))


def evidence_of(context: Context, form: Form, unit: Unit, periods: Sequence[date]) -> Evidence | None:
    """The same, without asking who reads it; in the form's version of the last period. None where no unit is expected to report, as
    the form was retired before, too.
    """
    until = form.schedule.until
    if until is not None and until <= periods[0]:
        return None
    version = forms.published(context.connection, form.key, periods[-1]) or form
    if not context.tree.reporting(unit, version.reports_on(periods[-1]), periods[-1]):
        return None
    return digest_evidence(
        context.connection,
        version,
        unit,
        periods,
        context.now,
        context.zone,
        tree=context.tree,
        demonstration=context.demonstration,
    )


def fresh_digest(context: Context, form: Form, unit: Unit, periods: Sequence[date], language: str) -> Digest | None:
    """Of a large subtree the digest that was made minutes ago, in this language: it takes seconds to make."""
    if not is_large(form, context.tree, periods[-1], unit):
        return None
    for kept in digests.frozen_of(context.connection, form.key, [unit.id], periods[-1]):
        content = kept.digest.content
        if kept.digest.as_of < context.now - FRESH:
            return None
        is_now = "units_now" in content.sections
        if content.language == language and content.periods == tuple(periods) and is_now == is_as_now(context.tree):
            return kept.digest
    return None


def freeze(context: Context, actor: Actor, made: Digest) -> int:
    """Keeps a digest as it is shown to whoever asked for it; its id."""
    return digests.freeze(context.connection, made, [actor.person.id], actor.person.id)


def frozen(context: Context, actor: Actor, digest_id: int) -> Frozen:
    """The digest as it was kept, whatever has been corrected since. Refused where there is none, and for whoever may not read it."""
    kept = digests.frozen(context.connection, digest_id)
    if kept is None:
        raise Refused("button_unknown_to_us")
    demand(context, actor, "digest", context.unit(kept.digest.unit_id))
    return kept


def can_be_nudged(context: Context, made: Digest) -> int:
    """How many units are missing in a digest of one period that can still send their report."""
    received, expected = made.content.coverage
    form = forms.published(context.connection, made.form, made.period)
    is_open = form is not None and context.now < moment(form.schedule.closes, made.period, context.zone)
    return expected - received if is_open and len(made.content.periods) == 1 else 0
