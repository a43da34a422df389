"""docs/operations.md has a line for whatever whoever runs the program sees: each metric, and each alert."""

import re

from bot.channels import CHANNEL_FOLDERS
from bot.doctor import checks
from bot.web.metrics import Metrics
from tests.environment import ROOT

TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


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
    table = TEXT.split("| alert |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)`:", table, re.MULTILINE)) == alerts
