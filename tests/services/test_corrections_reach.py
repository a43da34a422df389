"""Whatever is corrected, and wherever it ends to look: every later day is what it would be if all were worked out from the first."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from reporting.answers import Answer
from reporting.filling.line_results import Lines
from reporting.filling.moves import Filling
from services.correct_report import change_figures
from services.draft_session import filling_of
from services.publish_form import publish_form
from services.submit_report import submit
from storage.figures import figures
from storage.reports import drafts, last_saved
from storage.reports.accepting import recompute
from tests.services.test_reporters import FIRST, ZONE, Post, engine, post

__all__ = ["engine", "post"]
DAYS = 7
FORM = """| settings | form_id | version | due | closes | default_language |
|---|---|---|---|---|---|
| | watch | 2 | 16:30 | 20:00+30d | vi |

| survey | type | name | label | kind | calculation | relevant |
|---|---|---|---|---|---|---|
| | integer | ill | Ill | flow | | |
| | integer | doses | Doses ever | total | | ${ill} != 3 |
| | integer | raw | Raw | | | |
| | calculate | more | Doses of the day | flow | ${doses} - coalesce(${last-saved#doses}, 0) | |
| | calculate | ever | Ill ever | total | coalesce(${last-saved#ever}, 0) + ${ill} | |
| | calculate | both | Of two days | flow | ${raw} + coalesce(${last-saved#raw}, 0) | ${ill} != 2 |
| | calculate | all | Since the first | stock | coalesce(${last-saved#both}, 0) + coalesce(${last-saved#all}, 0) | ${ill} != 1 |
"""


def figures_of(post: Post) -> list[dict[str, object]]:
    days = [FIRST + timedelta(days=count) for count in range(DAYS)]
    found = [figures.of_period(post.connection, "watch", post.unit.id, day, accepted=True) for day in days]
    return [{name: each.value for name, each in of_day.items()} for of_day in found]


def corrects(post: Post, filling: Filling, lines: Lines) -> None:
    change_figures(post.context, post.nam, post.nam.address, filling, lambda _: lines, 1, reason="Sót")


@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_left_as_it_was_that_rests_on_what_was_corrected(post: Post, seed: int) -> None:
    lots, corrected = Random(seed), 0
    publish_form(post.connection, FORM.encode(), "w.md", FIRST, post.now, ZONE)

    def drawn(least: int) -> Answer:
        return Answer(least + lots.randint(1, 4)) if lots.random() < 0.7 else Answer(None, "unknown")

    for day in range(DAYS):
        if day == 0 or lots.random() < 0.8:
            filling = post.opens(post.nam)
            answers = {"ill": drawn(0), "raw": drawn(0), "doses": drawn(10 * day)}
            filled = filling.with_draft(replace(filling.draft, answers=answers)).settled()
            submit(post.context, post.nam, post.nam.address, filled, is_sure=True)
        post.now += timedelta(days=1)
    for _ in range(12):
        found = drafts.of_unit(post.connection, "watch", post.unit.id, FIRST + timedelta(days=lots.randrange(DAYS)))
        if found is None or found[0].state != "sent":
            continue
        lines = Lines({lots.choice(["ill", "doses", "raw"]): drawn(0)})
        filling = filling_of(post.context, *found)
        corrects(post, filling, lines)
        corrected, stands = corrected + 1, figures_of(post)
        for day_on in last_saved.periods_after(post.connection, "watch", post.unit.id, FIRST - timedelta(days=1)):
            recompute(post.connection, filling.form, post.unit.id, day_on, post.now, ZONE)
        assert figures_of(post) == stands
    assert corrected
