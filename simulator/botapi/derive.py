"""Derives api.json from two machine-readable descriptions of the Bot API: fields from aiogram's, results from the other.

For developers, when the Bot API has grown: `python derive.py SCHEMA_JSON API_JSON > api.json` with
`.butcher/schema/schema.json` of aiogram's source distribution and `api.min.json` of PaulSonOfLars/telegram-bot-api-spec.
Sentences are left out. Both are MIT; their licences lie beside this file.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

Json = dict[str, Any]
RENAMED = {"True": "Boolean", "Float number": "Float", "Int": "Integer", "False": "Boolean"}


def types_of(words: str) -> list[str]:
    """`Array of A, B and C` as three arrays; `A or B` as two types."""
    prefix = ""
    while words.startswith("Array of "):
        prefix, words = f"{prefix}Array of ", words.removeprefix("Array of ")
    return [prefix + RENAMED.get(part, part) for part in re.split(r", | or | and ", words)]


def returns_of(words: str) -> list[str]:
    """What a method's description says that it returns, for methods that the second description does not know."""
    array = re.search(r"[Aa]rray of (\w+)", words)
    if array:
        return [f"Array of {array[1]}"]
    found = re.search(
        r"(?:an?|the [\w ]*?|of a) ([A-Z]\w+)(?: object)? is returned|as an? ([A-Z]\w+)|Returns an? ([A-Z]\w+)", words
    )
    named = next((g for g in found.groups() if g), "") if found else ""
    return [named] if named and named != "True" else ["Boolean"]


def derive(schema: Json, spec: Json) -> Json:
    """The whole description."""
    methods: Json = {}
    types: Json = {}
    for item in (child for group in schema["items"] for child in group["children"]):
        fields = {a["name"]: [a["required"], *types_of(a["type"])] for a in item["annotations"]}
        name = item["name"]
        if item["category"] == "methods":
            known = spec["methods"].get(name, {}).get("returns")
            methods[name] = {"returns": known or returns_of(item["description"]), "fields": fields}
        else:
            types[name] = {"fields": fields}
    for name in types:
        listed = re.findall(r"^ - (\w+)$", next_description(schema, name), flags=re.MULTILINE)
        subtypes = [n for n in listed if n in types] or spec["types"].get(name, {}).get("subtypes", [])
        if subtypes and not types[name]["fields"]:
            types[name]["subtypes"] = subtypes
    return {"version": f"Bot API {schema['api']['version']}", "methods": methods, "types": types}


def next_description(schema: Json, name: str) -> str:
    """The description of a type."""
    items = (child for group in schema["items"] for child in group["children"])
    return str(next(item["description"] for item in items if item["name"] == name))


def lines(found: Json) -> str:
    """JSON with one method or type a line."""

    def part(entries: Json) -> str:
        return ",\n".join(f"{json.dumps(k)}:{json.dumps(v, separators=(',', ':'))}" for k, v in entries.items())

    head = f'{{"version":{json.dumps(found["version"])},\n"methods":{{\n'
    return f'{head}{part(found["methods"])}\n}},"types":{{\n{part(found["types"])}\n}}}}\n'


if __name__ == "__main__":
    first, second = (json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:3])
    sys.stdout.write(lines(derive(first, second)))
