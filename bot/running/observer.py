"""What the program does, told to whoever counts it."""


class Observer:
    """Is told of every step. This one keeps nothing; the metrics have one that counts. From any thread; it must be quick."""

    def handled(self, updates: int, seconds: float) -> None:
        """So many updates were handled in one transaction, committed after so many seconds."""

    def set_aside(self) -> None:
        """An update could not be handled after its last try."""

    def delivered(self, channel: str, outcome: str) -> None:
        """What became of a message that was to leave: the name of its outcome («said», «uncertain», «too_many» …)."""

    def ticked(self, seconds: float) -> None:
        """A tick has come to its end."""

    def failed(self, part: str) -> None:
        """A part of a tick has failed, by its name («remind», «due_bulletins»)."""
