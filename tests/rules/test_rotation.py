"""Which backups are kept."""

from datetime import date, timedelta

from reporting.rotation import Rotation, kept_days

TODAY = date(2021, 11, 10)
EVERY_DAY = [TODAY - timedelta(days=count) for count in range(400)]


def test_of_two_years_of_days_the_newest_of_days_weeks_and_months_are_kept() -> None:
    kept = sorted(kept_days(EVERY_DAY, Rotation(3, 2, 3)), reverse=True)
    assert kept == [
        date(2021, 11, 10),
        date(2021, 11, 9),
        date(2021, 11, 8),
        date(2021, 11, 7),  # Sunday of the week before
        date(2021, 10, 31),
        date(2021, 9, 30),
    ]


def test_what_is_kept_day_by_day_is_what_is_kept_at_once() -> None:
    """Nothing goes that will be wanted later: a month's end is kept from the day on which it is made."""
    kept, rotation = set[date](), Rotation(7, 5, 12)
    for day in reversed(EVERY_DAY):
        kept = kept_days({*kept, day}, rotation)
    assert kept == kept_days(EVERY_DAY, rotation)
    assert len(kept) <= 7 + 5 + 12


def test_days_without_a_backup_use_up_nothing() -> None:
    some = [TODAY - timedelta(days=100 * count) for count in range(5)]
    assert kept_days(some, Rotation(2, 0, 0)) == set(some[:2])
    assert kept_days(some, Rotation(1, 0, 4)) == set(some[:4])
    assert kept_days([], Rotation(1, 1, 1)) == set()
