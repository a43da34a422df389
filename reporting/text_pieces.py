"""A long text in pieces that a messenger takes, cut at the ends of paragraphs and with its HTML whole."""

import re

_ATOM = re.compile(r"<[^<>]+>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);|.", re.DOTALL)
_WORD = re.compile(r"(?:<[^<>]+>|\s)*[^<\s]")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z-]+)[^>]*>")


def visible(html: str) -> int:
    """How long a text of HTML is once its tags are read, in UTF-16 units."""
    return sum(_length(atom) for atom in _ATOM.findall(html))


def pieces(html: str, most: int) -> list[str]:
    """The text as messages of at most `most` visible UTF-16 units; a tag that is cut is closed and opened again."""
    if len(html) * 2 <= most or (len(html.encode("utf-16-le")) <= most * 2 and _WORD.match(html)):
        return [html]
    atoms, made = _ATOM.findall(html), []
    while sum(map(_length, atoms)) > most:
        cut = _cut(atoms, most)
        opened = _open(atoms[:cut])
        if _says_something(atoms[:cut]):
            made.append("".join(atoms[:cut]).rstrip() + "".join(f"</{_name(tag)}>" for tag in reversed(opened)))
        rest = cut
        while rest < len(atoms) and atoms[rest].isspace():
            rest += 1
        atoms = [*opened, *atoms[rest:]]
    return [*made, "".join(atoms)] if _says_something(atoms) else made


def _says_something(atoms: list[str]) -> bool:
    """Whether there is more in them than tags and white space: an empty message would be refused."""
    return any(_length(atom) and not atom.isspace() for atom in atoms)


def _length(atom: str) -> int:
    if len(atom) > 1:
        return 0 if atom[0] == "<" else 1
    return 2 if ord(atom) > 0xFFFF else 1


def _cut(atoms: list[str], most: int) -> int:
    """The index to cut before: after the last paragraph that fits, else line, else word, else letter."""
    ends = {"\n\n": 0, "\n": 0, " ": 0}
    length = fits = 0
    for index, atom in enumerate(atoms):
        length += _length(atom)
        if length > most:
            break
        fits = index + 1
        if atom == "\n" and index and atoms[index - 1] == "\n":
            ends["\n\n"] = fits
        if atom in ends:
            ends[atom] = fits
    worth = fits // 4
    return next((at for at in ends.values() if at > worth), fits)


def _open(atoms: list[str]) -> list[str]:
    """The tags that are still open after `atoms`."""
    opened: list[str] = []
    for atom in atoms:
        tag = _TAG.fullmatch(atom) if len(atom) > 1 else None
        if tag is None:
            continue
        if not tag["end"]:
            opened.append(atom)
        elif opened:
            opened.pop()
    return opened


def _name(tag: str) -> str:
    match = _TAG.fullmatch(tag)
    return match["name"] if match else ""
