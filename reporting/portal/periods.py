"""How takers write a period: DHIS2's ids («20211110», «2021W45», «202111») and ISO 8601 as in ADX («2021-11-10/P1D»)."""

from datetime import date, timedelta

from reporting.forms import PeriodKind

PERIOD_TYPES: dict[PeriodKind, str] = {
    "daily": "Daily",
    "weekly": "Weekly",
    "monthly": "Monthly",
    "on change": "Daily",
}
"""What DHIS2 calls the period of a form."""


def dhis2_period(kind: PeriodKind, period: date) -> str:
    """The id of the period that ends on `period`. A week is ISO's, which belongs to the year of its Thursday, unpadded."""
    if kind == "weekly":
        year, week, _ = period.isocalendar()
        return f"{year}W{week}"
    return f"{period:%Y%m}" if kind == "monthly" else f"{period:%Y%m%d}"


def adx_period(kind: PeriodKind, period: date) -> str:
    """The first day of the period that ends on `period`, and how long it is."""
    if kind == "weekly":
        return f"{period - timedelta(days=6):%Y-%m-%d}/P7D"
    return f"{period.replace(day=1):%Y-%m-%d}/P1M" if kind == "monthly" else f"{period:%Y-%m-%d}/P1D"
