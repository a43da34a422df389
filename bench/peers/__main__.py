"""`make peers`: expressions through ODK's three engines and ours; one on which all three agree and we do not is a fault."""

import argparse
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from decimal import Decimal
from os import environ
from pathlib import Path
from time import time_ns
from zoneinfo import ZoneInfo

import pyxform

from bench.peers.tally import AS, Tally
from bench.peers.written_at_random import expressions
from reporting.answers import Value
from reporting.expressions.expression import BadExpression, Instance, compile_expression

HERE = Path(__file__).parent
BUILD = HERE.parents[1] / "build" / "peers"
VALIDATE = Path(pyxform.__file__).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
ZONE = "Asia/Ho_Chi_Minh"
NOW = datetime.now(ZoneInfo(ZONE))
"""The engines have no clock but that of the machine."""
ANSWERS: dict[str, tuple[str, Value]] = {
    "n": ("int", 3), "half": ("decimal", Decimal("0.5")), "zero": ("int", 0), "unit": ("int", 1), "two": ("int", 2),
    "text": ("string", "xã Thọ Dân"), "nought": ("string", "0"), "one_letter": ("string", "b"), "spaced": ("string", " 7 "),
    "letters": ("string", "a b"), "seven": ("string", "7"), "day": ("date", date(2021, 11, 9)),
    "at": ("time", time(16, 30)), "moment": ("dateTime", datetime(2021, 11, 10, 9, tzinfo=ZoneInfo(ZONE))),
    "minus": ("decimal", Decimal("-1.25")), "large": ("int", 1234567), "other_day": ("date", date(2021, 11, 10)),
    "day_text": ("string", "2021-11-10"), "colours": ("string", ("red", "blue")), "one": ("string", "red"),
}  # fmt: skip
EMPTY = {"empty": "string", "empty_int": "int", "empty_day": "date"}
ENGINES = {
    "JavaRosa": ["java", f"-Duser.timezone={ZONE}", "-cp", str(VALIDATE), "JavaRosa.java", "form.xml"],
    "Enketo": ["node", "enketo.mjs", "form.xml"],
    "Web Forms": ["node", "web_forms.mjs", "form.xml"],
}
Results = tuple[str, ...]
_REFERENCE = re.compile(r"\$\{(\w+)\}")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=__doc__)
    parser.add_argument(
        "--random", type=int, default=3000, help="so many expressions at random beside the written ones"
    )
    parser.add_argument("--seed", type=int, default=time_ns() % 1_000_000)
    parser.add_argument("--others", action="store_true", help="print what differs from JavaRosa alone, too")
    given = parser.parse_args(arguments)
    if not shutil.which("java") or not shutil.which("node"):
        print("needs java (17) and node (20)", file=sys.stderr)
        return 2
    _set_up()
    written = (HERE / "cases.txt").read_text(encoding="utf-8").splitlines()
    names = tuple(name for name in (*ANSWERS, *EMPTY) if name != "at")
    cases = [*written, *expressions(random.Random(given.seed), given.random, names)]
    with ThreadPoolExecutor(2) as threads:
        theirs = dict(zip(ENGINES, threads.map(lambda name: _run(ENGINES[name], cases), ENGINES), strict=True))
    tally = Tally()
    for place, case in enumerate(cases):
        tally.judge(
            case, dict(zip(AS, zip(*(theirs[name][place] for name in ENGINES), strict=True), strict=True)), _ours(case)
        )
    print(f"seed {given.seed}", *(tally.others if given.others else ()), *tally.said(), sep="\n")
    return 1 if tally.faults else 0


def _set_up() -> None:
    """The engines' packages, their drivers and the form under build/."""
    BUILD.mkdir(parents=True, exist_ok=True)
    for path in (*HERE.glob("*.mjs"), *HERE.glob("*.java"), *HERE.glob("package*.json")):
        shutil.copy(path, BUILD)
    if not (BUILD / "node_modules").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=BUILD, check=True)
    (BUILD / "form.xml").write_text(_form(), encoding="utf-8")


def _form() -> str:
    instance = _instance()
    fields = {name: kind for name, (kind, _) in ANSWERS.items()} | EMPTY
    texts = {name: compile_expression(f"${{{name}}}").node_text(instance) for name in fields}
    nodes = "".join(f"<{name}>{text}</{name}>" for name, text in texts.items())
    binds = "".join(f'<bind nodeset="/data/{name}" type="{kind}"/>' for name, kind in fields.items())
    inputs = "".join(f'<input ref="/data/{name}"><label>{name}</label></input>' for name in fields)
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>peers</h:title>'
        f'<model><instance><data id="peers" version="1">{nodes}<meta><instanceID/></meta></data></instance>{binds}'
        f"</model></h:head><h:body>{inputs}</h:body></h:html>"
    )


def _instance() -> Instance:
    values = {name: value for name, (_, value) in ANSWERS.items()}
    return Instance(values, {}, NOW, (*ANSWERS, *EMPTY), "n")


def _run(command: Sequence[str], cases: Sequence[str]) -> list[Results]:
    lines = "".join(_REFERENCE.sub(r"/data/\1", case) + "\n" for case in cases)
    said = subprocess.run(
        command, cwd=BUILD, input=lines, capture_output=True, text=True, check=True, env={**environ, "TZ": ZONE}
    ).stdout
    return [_canonical(line.split("\t")) for line in said.split("\n")[: len(cases)]]


def _ours(case: str) -> Results:
    try:
        expression = compile_expression(case)
    except BadExpression:
        return ("refused",) * 3
    instance = _instance()
    number, truth = expression.number(instance), expression.truth(instance)
    return _canonical([expression.string(instance), str(number), str(truth).lower()])


def _canonical(said: Sequence[str]) -> Results:
    """Numbers to nine digits, however an engine writes them; what is no number as nothing."""
    return tuple(_plain(each) for each in said) if len(said) == len(AS) else ("!",) * len(AS)


def _plain(said: str) -> str:
    if said in ("NaN", "nan", "undefined", ""):
        return ""
    try:
        return f"{float(said):.9g}" if abs(float(said)) > 1e-12 else "0"
    except ValueError:
        return said


if __name__ == "__main__":
    sys.exit(main())
