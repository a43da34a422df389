"""All lists of choices that a form has: of its sheets, and of the files that lie beside it; and what is looked up in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from reporting.expressions.expression import BadExpression
from reporting.expressions.syntax import Call, Literal, Minus, Node, Operation, parse
from reporting.forms import Choice
from reporting.xlsforms.choices_sheet import choices_of_rows
from reporting.xlsforms.problems import Problem
from reporting.xlsforms.sheet_columns import Cells
from reporting.xlsforms.sheets import Sheet, Sheets
from reporting.xlsforms.type_cells import TypeCell
from reporting.xlsforms.written import written

MOST_LOOKED_UP = 3_000
"""Rows of a list in which an expression may look something up."""
ITEMSETS = "itemsets.csv"
_ITEM = re.compile(
    r"instance\(\s*['\"](?P<list>[\w.\-]+)['\"]\s*\)/root/item\[\s*(?P<key>\w+)\s*=\s*(?P<value>[^\[\]]+?)\s*\]/(?P<column>\w+)"
)
_CONTEXT = re.compile(r"instance\(\s*['\"](?P<list>[\w.\-]+)['\"]\s*\)(?:/[\w.\-]+)+(?![\w\[(/])")
"""What another system tells its forms of the person asked about."""


@dataclass(frozen=True)
class ChoiceLists:
    """`listed`: of the choices sheet; `external`: of the sheet external_choices; `beside`: files, by their names in lower case."""

    listed: Mapping[str, tuple[Choice, ...]]
    external: Mapping[str, tuple[Choice, ...]]
    beside: Mapping[str, Sheet]
    problems: list[Problem]
    _of_files: dict[tuple[str, str, str], tuple[Choice, ...]] = field(default_factory=dict)

    def of(self, cells: Cells, kind: TypeCell) -> tuple[Choice, ...] | None:
        """The choices of a question's type; None where they are in a file that does not lie beside the form."""
        if not kind.source:
            return self.listed.get(kind.list_name, ())
        if kind.source == "external":
            return self._external(cells, kind.list_name)
        sheet = self.beside.get(kind.source.lower())
        if sheet is None:
            self.problems.append(cells.problem("type", "file_missing", file=kind.source))
            return None
        parameters = dict(re.findall(r"(\w+)\s*=\s*(\w+)", cells.text("parameters")))
        key = (kind.source, parameters.get("value", "name"), parameters.get("label", "label"))
        if key not in self._of_files:
            self._of_files[key] = choices_of_rows(sheet, *key[1:])
        return self._of_files[key]

    def _external(self, cells: Cells, name: str) -> tuple[Choice, ...] | None:
        found = self.external.get(name) or self._itemset(name) or self.listed.get(name, ())
        if not found and not self.external:
            self.problems.append(cells.problem("type", "file_missing", file=ITEMSETS))
            return None
        return found

    def _itemset(self, name: str) -> tuple[Choice, ...]:
        sheet = self.beside.get(ITEMSETS)
        if sheet is None:
            return ()
        at = next((each for each, header in enumerate(sheet.headers) if header.lower() == "list_name"), -1)
        rows = tuple(row for row in sheet.rows if 0 <= at < len(row.cells) and row.cells[at].strip() == name)
        return choices_of_rows(Sheet(sheet.name, sheet.headers, rows))

    def looked_up(self, text: str) -> str:
        """An expression with what it looks up in lists written out. Raises BadExpression where there is no such list."""
        text = _CONTEXT.sub(self._not_here, text)
        text = _ITEM.sub(r"pulldata('\g<list>', '\g<column>', '\g<key>', \g<value>)", text)
        return written(self._node(parse(text))) if re.search(r"pull-?data\(", text) else text

    def _not_here(self, match: re.Match[str]) -> str:
        """What no list of the form is called is another system's: nothing is found in it, and that is said."""
        name = match["list"]
        if name in self.listed or f"{name.lower().removesuffix('.csv')}.csv" in self.beside:
            return match[0]
        self.problems.append(Problem("survey", 0, "", "context_elsewhere", {"list": name}))
        return "''"

    def _node(self, node: Node) -> Node:
        if isinstance(node, Minus):
            return Minus(self._node(node.operand))
        if isinstance(node, Operation):
            return Operation(node.operator, self._node(node.left), self._node(node.right))
        if not isinstance(node, Call):
            return node
        arguments = tuple(self._node(each) for each in node.arguments)
        if node.name not in ("pulldata", "pull-data") or len(arguments) != 4:
            return Call(node.name, arguments, node.where)
        names = [each.text for each in arguments[:3] if isinstance(each, Literal)]
        if len(names) < 3:
            raise BadExpression("expression_pulldata", node.where)
        rows = self._rows(node, names[0])
        return Literal("") if rows is None else _looked_up(node, rows, names[1], names[2], arguments[3])

    def _rows(self, node: Call, name: str) -> list[Mapping[str, str]] | None:
        """None where the file does not lie beside the form: then nothing is found, as in ODK, and that is said."""
        bare = name.lower().removesuffix(".csv")
        sheet = self.beside.get(f"{bare}.csv")
        if sheet is not None:
            headers = [header.lower() for header in sheet.headers]
            rows: list[Mapping[str, str]] = [dict(zip(headers, row.cells, strict=False)) for row in sheet.rows]
        elif name in self.listed:
            rows = [
                {"name": each.name, "label": next(iter(each.label.values()), "")} | dict(each.columns)
                for each in self.listed[name]
            ]
        else:
            self.problems.append(Problem("survey", 0, "", "file_looked_up", {"file": f"{bare}.csv"}))
            return None
        if len(rows) > MOST_LOOKED_UP:
            raise BadExpression("expression_list_long", node.where, file=name, n=len(rows), most=MOST_LOOKED_UP)
        return rows


def _looked_up(node: Call, rows: list[Mapping[str, str]], column: str, key: str, value: Node) -> Node:
    """The first row's value, written out: nothing in an expression knows of files."""
    found: dict[str, str] = {}
    for row in rows:
        if row.get(key.lower(), ""):
            found.setdefault(row[key.lower()], row.get(column.lower(), ""))
    cases = [
        Call("if", (Operation("=", value, _literal(name)), _literal(said), Literal("")), node.where)
        for name, said in found.items()
        if said
    ]
    return Call("concat", tuple(cases), node.where)


def _literal(text: str) -> Literal:
    return Literal(text.replace('"', "”") if "'" in text else text)


def files_named(sheets: Sheets) -> frozenset[str]:
    """The files with lists that a form wants beside it, in lower case."""
    cells = [cell.lower() for row in sheets.sheet("survey").rows for cell in row.cells]
    chosen = {name for cell in cells for name in re.findall(r"from[_ ]file\s+(\S+)", cell)}
    looked_up = {
        name for cell in cells for name in re.findall(r"(?:pull-?data|instance)\(\s*['\"]([^'\"]+)['\"]", cell)
    }
    named = chosen | {f"{name.removesuffix('.csv')}.csv" for name in looked_up}
    is_external = any(re.match(r"select_one_external\b", cell) for cell in cells)
    return frozenset(named | ({ITEMSETS} if is_external and not sheets.sheet("external_choices").rows else set()))
