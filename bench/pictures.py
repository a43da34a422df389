"""What pictures cost, each kind in a process of its own, beside a plain picture of text, and beside another checkout."""

import argparse
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import time
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from bot.drawing.glyphs import font_file
from reporting.dataclass_json import as_json
from reporting.digests.drawings import BoardPicture, DigestPicture
from reporting.say import Drawing
from tests.drawing.pictures_made import bulletin, of_digest, public_trend, unit_trend, wobbling
from tests.rules.digests_made import usual

ROOT = Path(__file__).resolve().parents[1]
MEASURED = """
import json, sys
from time import process_time
def peak():
    with open("/proc/self/status") as status:
        return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 1024
def measured(draw, all_of_them):
    before, took = peak(), []
    for each in all_of_them:
        began = process_time()
        file = draw(each)
        took.append(process_time() - began)
    print(json.dumps([took[0], sorted(took[1:])[len(took) // 2 - 1], peak() - before, len(file)]))
"""
OURS = f"""{MEASURED}
from bot.drawing import draw
from reporting.say import Drawn, KeptDrawing
from reporting.translator import translator
maker, contents = json.load(sys.stdin)
translator("vi").show(1.5)
measured(draw, [Drawn("x", KeptDrawing(maker, content)) for content in contents])
"""
PLAIN = f"""{MEASURED}
from io import BytesIO
font, pictures = json.load(sys.stdin)
def draw(lines):
    from PIL import Image, ImageDraw, ImageFont
    letters = ImageFont.truetype(font, 24)
    image = Image.new("RGB", (1080, 1350), "white")
    for place, line in enumerate(lines):
        ImageDraw.Draw(image).text((44, 40 + 36 * place), line, fill="black", font=letters)
    file = BytesIO()
    image.save(file, format="png")
    return file.getvalue()
measured(draw, pictures)
"""


class PictureCost(NamedTuple):
    """Of one process: milliseconds of the processor of the first picture with all imports and of each after it; peak MB; bytes."""

    first: float
    each: float
    memory: float
    size: float


def of_kinds(pictures: int) -> dict[str, list[Drawing]]:
    """Of each kind so many, no two with the same figures."""

    def shifted(by: int) -> Callable[[int], float]:
        return lambda place: wobbling(place + by)

    def of_day(by: int) -> dict[str, Any]:
        late = {5: time(16, 45), 8: time(17)}
        return {"missing": [11, 12], "late": late, "figure": lambda name, unit, ago: usual(name, unit, ago + by)}

    return {
        "digest of 34 units": [of_digest(DigestPicture, **of_day(n)) for n in range(pictures)],
        "board of 34 units": [of_digest(BoardPicture, **of_day(n)) for n in range(pictures)],
        "a unit's trend, 7 days": [unit_trend(figure=shifted(n)) for n in range(pictures)],
        "public trend, 14 days": [public_trend(figure=shifted(n)) for n in range(pictures)],
        "public trend, 92 days": [public_trend(count=92, figure=shifted(n)) for n in range(pictures)],
        "bulletin of 34 units": [bulletin(figure=shifted(n)) for n in range(pictures)],
    }


def cost_in(folder: Path, python: Path, program: str, given: object) -> PictureCost:
    """Runs the program in a checkout of this project with its interpreter."""
    done = subprocess.run(
        [python, "-W", "ignore", "-c", program],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    first, each, memory, size = json.loads(done.stdout)
    return PictureCost(first * 1000, each * 1000, memory, size)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table: medians over the rounds. `--beside`: a checkout that has been set up, measured in the same rounds."""
    parser = argparse.ArgumentParser(prog="python -m bench.pictures", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pictures", type=int, default=8, help="of each kind in a process")
    parser.add_argument("--beside", type=Path, metavar="FOLDER")
    chosen = parser.parse_args(arguments)
    found: dict[tuple[str, str], list[PictureCost]] = defaultdict(list)
    kinds = of_kinds(chosen.pictures)
    lines = [[f"xã Thọ Dân {n}: {n + shift} ca, chưa báo cáo" for n in range(34)] for shift in range(chosen.pictures)]
    for _ in range(chosen.rounds):
        found["plain text", "ours"].append(cost_in(ROOT, Path(sys.executable), PLAIN, [str(font_file(False)), lines]))
        for kind, contents in kinds.items():
            given = [contents[0].maker, [as_json(content) for content in contents]]
            found[kind, "ours"].append(cost_in(ROOT, Path(sys.executable), OURS, given))
            if chosen.beside:
                python = chosen.beside.resolve() / ".venv" / "bin" / "python"
                found[kind, "beside"].append(cost_in(chosen.beside.resolve(), python, OURS, given))
    plain = _median(found["plain text", "ours"])
    print(
        "| picture | ms | ÷ plain text | first, ms | MB | ÷ plain text | KB |"
        + " ÷ ms | first ÷ ms | ÷ MB |" * bool(chosen.beside)
    )
    print("|---|---:|---:|---:|---:|---:|---:|" + "---:|---:|---:|" * bool(chosen.beside))
    for kind in ("plain text", *kinds):
        ours = _median(found[kind, "ours"])
        row = f"| {kind} | {ours.each:.0f} | {ours.each / plain.each:.2f} | {ours.first:.0f} | {ours.memory:.0f}"
        row += f" | {ours.memory / plain.memory:.2f} | {ours.size / 1024:.0f} |"
        if beside := found[kind, "beside"]:
            other = _median(beside)
            ratios = [one.each / two.each for one, two in zip(found[kind, "ours"], beside, strict=True)]
            row += f" {ours.each:.0f}/{other.each:.0f} = {median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
            row += f" | {ours.first:.0f}/{other.first:.0f} = {ours.first / other.first:.2f}"
            row += f" | {ours.memory:.0f}/{other.memory:.0f} = {ours.memory / other.memory:.2f} |"
        print(row)


def _median(costs: Sequence[PictureCost]) -> PictureCost:
    return PictureCost(*(median(column) for column in zip(*costs, strict=True)))


if __name__ == "__main__":
    main()
