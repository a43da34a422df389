"""By which road somebody comes to do something, and by which the answers of a report came."""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from reporting.answers import Answers


class Road(StrEnum):
    """The roads that are no channel; whoever comes by a channel comes by the road of its name («telegram»).

    CHAT stands in lines from before the messenger was told, and means any of them. What is from before roads were kept has none («»).
    """

    CHAT = "chat"
    COMMAND = "command"
    PAGE = "page"
    WEB_FORM = "web_form"
    PROGRAM = "program"


def answers_by_road(answers: Answers, here: str = "") -> Mapping[str, int]:
    """How many answers came by each road that is known, most first; `here`: the road of those that have just been given."""
    roads = Counter(each.road_from(here) for each in answers.values())
    return {road: count for road, count in roads.most_common() if road}
