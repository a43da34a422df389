"""A place for a database of each kind, which a test brings to the release that it wants."""

from pathlib import Path

import pytest

from tests.databases import fresh_of_kind


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where there is no database yet, or an empty one."""
    return fresh_of_kind(request, tmp_path / "giaoban.db")
