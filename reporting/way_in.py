"""How somebody comes to the bot in a channel: by an address that opens it, or by its name and a code that he types."""

from dataclasses import dataclass

from reporting.channel import Channel


@dataclass(frozen=True, slots=True)
class WayIn:
    """The bot in one channel, by its `name` there."""

    channel: Channel
    name: str

    @property
    def opens(self) -> str:
        """The address that opens a chat with it; «»: none does."""
        return self.channel.opens.format(name=self.name) if self.channel.opens else ""

    def joins(self, code: str) -> str:
        """The address that brings it an invitation's code; «»: none does, the code is typed."""
        return self.channel.joins.format(name=self.name, code=code) if self.channel.joins else ""
