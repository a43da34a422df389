"""aiogram's dispatcher as we set it up."""

from bot.telegram.dispatch import dispatcher, filters_of


def test_no_filter_leaves_the_clerks_thread() -> None:
    found = list(filters_of(dispatcher()))
    assert found
    assert [each.callback for each in found if not each.awaitable] == []
