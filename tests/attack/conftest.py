"""The house of the conversations, to be attacked."""

from tests.conversations.conftest import database_url, house, leader, reporter, resident  # noqa: F401 - fixtures
