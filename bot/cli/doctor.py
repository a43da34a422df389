"""`giaoban doctor`: what is well and what is not, each with what is to be done."""

import json
from argparse import Namespace

from bot.cli.common import now, text_table, words
from bot.doctor.bot_api import ask_bot_api
from bot.doctor.checks import Examined, examine
from bot.doctor.findings import Health, Surroundings
from bot.settings import read_settings
from reporting.translator import Translator


def examine_all(chosen: Namespace) -> int:
    """`doctor [--format table|json]`: status 1 where anything keeps somebody from working."""
    settings, say = read_settings(), words()
    found = examine(Surroundings(settings, now(settings), ask_bot_api(settings)))
    if chosen.format == "json":
        told = [
            {
                "check": each.check,
                "health": each.finding.health,
                "found": _found(each, say),
                "advice": _advice(each, say),
            }
            for each in found
        ]
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        rows = []
        for each in found:
            rows.append([say.plain(f"health_{each.finding.health}"), each.check, _found(each, say)])
            if advice := _advice(each, say):
                rows.append(["", "", f"→ {advice}"])
        print(text_table(rows))
        print(say.plain("doctor_end", failures=_count(found, Health.FAILURE), warnings=_count(found, Health.WARNING)))
    return 1 if _count(found, Health.FAILURE) else 0


def _found(each: Examined, say: Translator) -> str:
    return say.plain(each.finding.key, **each.finding.values)


def _advice(each: Examined, say: Translator) -> str:
    """What is to be done; «» where all is well."""
    return "" if each.finding.health is Health.OK else say.plain(f"{each.finding.key}_advice", **each.finding.values)


def _count(found: list[Examined], health: Health) -> int:
    return sum(each.finding.health is health for each in found)
