"""How takers write a period: DHIS2's types and ids («202111», «2021W45», «2021Q3») and ISO 8601 as in ADX («2021-11-10/P1D»)."""

from dataclasses import replace
from datetime import timedelta

from reporting.period_types import LAST_DAY, LAST_MONTH, Period, PeriodKind, PeriodType, period_of
from reporting.portal.mapping import PortalMapping

_TYPES: dict[PeriodKind, str] = {
    "daily": "Daily",
    "on change": "Daily",
    "monthly": "Monthly",
    "quarterly": "Quarterly",
    "half-yearly": "SixMonthly",
    "yearly": "Yearly",
}
_WEEKS = {0: "", 2: "Wednesday", 3: "Thursday", 4: "Friday", 5: "Saturday", 6: "Sunday"}
"""By the day on which a week starts; of Tuesdays DHIS2 knows none, of Fridays from 2.43 on."""
_YEARS = {1: "Feb", 3: "April", 6: "July", 7: "Aug", 8: "Sep", 9: "Oct", 10: "Nov"}
"""Financial years by the month that the year before ends in; those of February and August from 2.43 on."""


def dhis2_type(of: PeriodType) -> str | None:
    """What DHIS2 calls periods of this type; None where it has none: nine months, a cut-off in the month."""
    if of.kind == "weekly":
        return f"Weekly{_WEEKS[of.week_starts]}" if of.week_starts in _WEEKS else None
    if of.months and of.cutoff != LAST_DAY:
        return None
    if of.year_ends != LAST_MONTH:
        return f"Financial{_YEARS[of.year_ends]}" if of.year_ends in _YEARS else None
    return _TYPES.get(of.kind)


def dhis2_period(period: Period) -> str:
    """The id of a period. A week belongs to the year of its fourth day, and is unpadded, as ISO's. What DHIS2 has no type for goes by
    its last day, which is refused there: a mapping's check does not let it come so far.
    """
    of, last = period.of, period.last_on
    if dhis2_type(of) is None or not of.is_long:
        return f"{last:%Y%m%d}"
    if of.kind == "weekly":
        fourth = last - timedelta(days=3)
        week = (fourth.timetuple().tm_yday - 1) // 7 + 1
        return f"{fourth.year}{_WEEKS[of.week_starts][:3]}W{week}"
    if of.kind == "monthly":
        return f"{last:%Y%m}"
    if of.kind == "quarterly":
        return f"{last.year}Q{last.month // 3}"
    if of.kind == "half-yearly":
        return f"{last.year}S{last.month // 6}"
    return f"{period.first_on.year}{_YEARS.get(of.year_ends, '')}"


def adx_period(period: Period) -> str:
    """The first day of a period, and how long it is."""
    of = period.of
    length = (
        "P7D" if of.kind == "weekly" else "P1Y" if of.kind == "yearly" else f"P{of.months}M" if of.months else "P1D"
    )
    return f"{period.first_on}/{length}"


def sent_as(mapping: PortalMapping, period: Period) -> Period:
    """The period as DHIS2 is told it: by the rule «calendar» a cut-off one as the calendar's of its name, nine months as a year."""
    of = sent_type(mapping, period.of)
    return period if of == period.of else Period(of, period_of(of, period.last_on))


def sent_type(mapping: PortalMapping, of: PeriodType) -> PeriodType:
    """Of which type the periods are that DHIS2 is told."""
    if mapping.rules.periods == "exact" or dhis2_type(of) is not None or of.kind == "weekly":
        return of
    return replace(of, kind="yearly" if of.kind == "nine-monthly" else of.kind, cutoff=LAST_DAY)
