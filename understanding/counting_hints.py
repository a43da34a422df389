"""What a question says of how something is counted: newly, as it stands, from the beginning, on certain days."""

from dataclasses import dataclass


@dataclass(slots=True)
class Hints:
    """What else the question says: counted from the beginning for certain or perhaps, newly, as it stands, on certain days.

    `summed`: added up («lũy kế», «từ đầu dịch»), which «đến nay» alone is not. `over_days`: over more than one day.
    `counters`: the tokens that say what is counted («bao nhiêu nhà»).
    """

    whole_time: bool = False
    cumulative: bool = False
    summed: bool = False
    new: bool = False
    standing: bool = False
    bounded: bool = False
    over_days: bool = False
    counters: frozenset[int] = frozenset()
