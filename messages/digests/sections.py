"""The paragraphs of a digest in the order in which a leader reads them, each from the file of its subject."""

from collections.abc import Callable

from messages.digests.heading import digest_heading
from messages.digests.headlines import others, totals
from messages.digests.levels import states
from messages.digests.parts import parts
from messages.digests.queries import questions
from messages.digests.reading import Reading, Room
from messages.digests.standouts import standouts
from messages.digests.targets import targets
from messages.digests.units_now import units_now
from messages.digests.who_reported import late, not_reported_yet, provisional, returned
from reporting.translator import Html

Section = Callable[[Reading, Room], Html | None]

SECTIONS: tuple[Section, ...] = (
    digest_heading,
    totals,
    units_now,
    standouts,
    targets,
    parts,
    not_reported_yet,
    late,
    provisional,
    questions,
    returned,
    states,
    others,
)
