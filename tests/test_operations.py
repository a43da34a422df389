"""docs/operations.md has a line for whatever whoever runs the program sees: each metric, and each alert, which a test provokes."""

import ast
import re

from bot.channels import CHANNEL_FOLDERS
from bot.doctor import checks
from bot.web.metrics import Metrics
from tests.environment import ROOT

TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
ALERTS = TEXT.split("| alert |")[1].split("\n\n")[0]
PROVOKED = ROOT / "tests" / "processes" / "test_alerts.py"
QUOTED = re.compile(r"«([A-Za-z][A-Za-z0-9 ;,.'’-]{5,})»")
"""What is to be looked for in the log, which is English; Vietnamese is a sentence of the program's."""


def test_every_metric_has_its_line_and_every_line_its_metric() -> None:
    kept = Metrics(lambda: 0.0).registry.collect()
    ours = {f"{each.name}_total" if each.type == "counter" else each.name for each in kept}
    ours = {name for name in ours if name.startswith("giaoban_")}
    rows = re.findall(r"^\| (`giaoban_.*?`) \|", TEXT, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"giaoban_\w+", row)} == ours


def test_every_alert_has_its_line_and_every_line_its_alert() -> None:
    every = (
        *checks.ALERTING,
        *checks.ALERTING_OF_DATABASE,
        *(check for folder in CHANNEL_FOLDERS for check in folder.alerts()),
    )
    alerts = {check.__name__.removeprefix("check_") for check in every} | {"tick", "reading", "channels"}
    assert set(re.findall(r"^\| `(\w+)`:", ALERTS, re.MULTILINE)) == alerts


def test_every_alert_is_provoked_at_a_process_of_the_program() -> None:
    tests = {each.name for each in ast.parse(PROVOKED.read_text(encoding="utf-8")).body if hasattr(each, "name")}
    listed = re.findall(r"^\| `(\w+)`:", ALERTS, re.MULTILINE)
    assert [name for name in listed if f"test_{name}" not in tests] == []


def test_whatever_is_to_be_looked_for_in_the_log_is_written_there() -> None:
    """By the document, and by what the desk's chat is advised."""
    advised = "".join((ROOT / "messages" / "locale" / each / "doctor.po").read_text("utf-8") for each in ("vi", "en"))
    quoted = {*QUOTED.findall(ALERTS), *QUOTED.findall(advised)}
    written = "".join(each.read_text(encoding="utf-8") for each in sorted((ROOT / "bot").rglob("*.py")))
    assert {"has failed; the rest goes on", "is not reached"} <= quoted
    assert [each for each in sorted(quoted) if each not in written] == []
