"""The house, on both databases, and the process from which bots are forked, as for the kills."""

from tests.conversations.conftest import database_url, house, leader, reporter, resident
from tests.crash.conftest import zygote

__all__ = ["database_url", "house", "leader", "reporter", "resident", "zygote"]
