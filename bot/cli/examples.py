"""An example for each command, as its `--help` ends with it."""

import argparse
from collections.abc import Iterator, Mapping

EXAMPLES: Mapping[str, str] = {
    "audit export": "giaoban audit export --from 2021-11-01 -o audit.jsonl",
    "audit show": "giaoban audit show --what refused --unit 15742",
    "audit verify": "giaoban audit verify",
    "backup": "giaoban backup copies/2021-11-10.gz",
    "calendar add": 'giaoban calendar add 2021-12-24 "Office anniversary"',
    "calendar list": "giaoban calendar list --year 2021",
    "calendar remove": "giaoban calendar remove 2021-12-24",
    "calendar work": 'giaoban calendar work 2021-12-25 "Made up for the 24th"',
    "channel list": "giaoban channel list",
    "channel revoke": "giaoban channel revoke 3",
    "channel switch": "giaoban channel switch zalo --from tomorrow",
    "completeness": "giaoban completeness --from 2021-11-01 --unit 397 --format csv -o completeness.csv",
    "demo": "giaoban demo --port 8081",
    "doctor": "giaoban doctor --format json",
    "figures export": "giaoban figures export --from 2021-11-01 --unit 15742 --format xlsx -o november.xlsx",
    "figures import": "giaoban figures import history.csv",
    "form check": "giaoban form check forms/daily.xlsx --strict",
    "form export": "giaoban form export covid_daily -o forms/daily.xlsx",
    "form list": "giaoban form list",
    "form publish": "giaoban form publish forms/daily.xlsx --from 2021-11-15",
    "form retire": "giaoban form retire covid_daily --from 2021-12-01",
    "form show": "giaoban form show covid_daily",
    "invitations list": "giaoban invitations list --all",
    "invitations revoke": "giaoban invitations revoke 12",
    "invitations sheet": "giaoban invitations sheet --unit 397 --days 14 -o invitations.pdf",
    "invite": "giaoban invite reporter 15742 --days 3 --uses 2",
    "migrate": "giaoban migrate",
    "people back": "giaoban people back 12",
    "people erase": "giaoban people erase 12",
    "people end": "giaoban people end 12 reporter 15742",
    "people hand-over": "giaoban people hand-over 15742 12 --from 2021-11-15",
    "people leave": "giaoban people leave 12 2021-11-15 2021-11-19",
    "people list": "giaoban people list --role reporter",
    "people show": "giaoban people show 12 -o person.json",
    "people silent": "giaoban people silent --days 14",
    "portal check": "giaoban portal check mapping.toml",
    "portal list": "giaoban portal list",
    "portal preview": "giaoban portal preview mapping.toml --date 2021-11-10",
    "portal send": "giaoban portal send mapping.toml --from 2021-11-01",
    "portal show": "giaoban portal show 12",
    "ranges list": "giaoban ranges list",
    "ranges remove": "giaoban ranges remove covid_daily f0_new 15742",
    "ranges set": 'giaoban ranges set covid_daily f0_new 15742 --high 60 --until 2021-12-31 --reason "outbreak at a factory"',
    "ranges show": "giaoban ranges show 15742",
    "rates": "giaoban rates --from 2021-11-01 --to 2021-11-30",
    "reminded": "giaoban reminded --date 2021-11-10 --unit 15742",
    "reports export": "giaoban reports export covid_daily --from 2021-11-01 --format xlsx -o reports.xlsx",
    "restore": "giaoban restore --check copies/2021-11-10.gz",
    "rules check": "giaoban rules check rules.csv",
    "rules import": "giaoban rules import rules.csv --dry-run",
    "rules list": "giaoban rules list",
    "rules open": "giaoban rules open --unit 397",
    "rules retire": "giaoban rules retire second_doses",
    "run": "giaoban run",
    "standing": "giaoban standing --date 2021-11-10 --format json",
    "suspend": 'giaoban suspend 2021-11-10 2021-11-12 --unit 15742 --reason "storm"',
    "targets import": "giaoban targets import targets_2021.csv --dry-run",
    "targets list": "giaoban targets list --all",
    "targets retire": "giaoban targets retire 12",
    "units groups": "giaoban units groups groups.csv --dry-run",
    "units import": "giaoban units import units.csv",
    "units list": "giaoban units list",
    "units merge": "giaoban units merge merger.csv --dry-run",
    "unsaid": "giaoban unsaid --again 12",
}
"""By the command's words."""


def commands_of(
    parser: argparse.ArgumentParser, words: tuple[str, ...] = ()
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that does something, by its words («figures import»), with its parser."""
    below = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    if not below:
        yield " ".join(words), parser
    for each in below:
        for name, of in each.choices.items():
            yield from commands_of(of, (*words, name))


def show_examples(parser: argparse.ArgumentParser) -> None:
    """Each command's help ends with its example."""
    for words, command in commands_of(parser):
        if words in EXAMPLES:
            command.epilog = f"example: {EXAMPLES[words]}"
