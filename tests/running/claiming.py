"""What a speaker claims directly, without the speaker: for tests of what is claimed, and of how it is looked up."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Engine, select

from bot.running.direct_claims import DirectClaims
from bot.running.marks import Marks
from bot.running.orphan_recovery import Others
from bot.running.rate_limiter import Gate
from reporting.pace import Limits, Pace
from reporting.say import Say
from storage.database.engines import EngineMemory
from storage.messages import delivery, outbox
from storage.messages.delivery import Claimed
from tests.channels import CHANNELS

NOW = datetime(2021, 11, 10, 8, 30, tzinfo=UTC)


class Claiming:
    """A speaker's claims without the speaker; `now` is the steady clock's."""

    def __init__(self, engine: Engine, *, is_alone: bool = True) -> None:
        self.engine, self.now = engine, 100.0
        self.said, self.begun = Marks(), list[Claimed]()
        self.others = Others("me", "telegram", 45)
        self.others.is_alone = is_alone
        self.gate = Gate(Pace(Limits()), lambda: self.now)
        self.claims = DirectClaims(
            "telegram", "me", self.gate, self.others, 8, lambda: NOW, self.said, {}, self.begun.extend
        )
        self.claims.looked(self.now)

    def puts(self, *says: Say, is_committed: bool = True, commits: bool = True) -> None:
        """One transaction of the clerk's; `is_committed`: as far as he knows."""
        with self.engine.connect() as connection:
            self.claims.mark(connection)
            for each in says:
                outbox.put(connection, [each], NOW, CHANNELS, {"telegram": self.claims})
            connection.commit() if commits else connection.rollback()
        self.claims.settle(is_committed)

    def states(self) -> list[str]:
        with self.engine.begin() as connection:
            return list(connection.execute(select(outbox.outbox.c.state).order_by(outbox.outbox.c.id)).scalars())

    def claims_the_rest(self) -> Sequence[Claimed]:
        with self.engine.begin() as connection:
            return delivery.claim(connection, "telegram", "me", NOW, 10)

    @property
    def puts_told(self) -> int:
        return EngineMemory.of(self.engine).puts
