"""Statements on the way of every update: compiled once for each database, and run by its driver, past SQLAlchemy."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, JSON, ColumnElement, Connection, any_, bindparam, func, select
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Executable
from sqlalchemy.sql.compiler import SQLCompiler

Convert = Callable[[Any], Any]
_CURSOR = "prepared statements' cursor"


@dataclass(frozen=True, slots=True)
class _Parameter:
    """`name` «»: its value stands in the statement, as the driver takes it."""

    name: str
    key: str
    value: Any
    convert: Convert | None


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as the driver takes it; `columns`: where what it returns is converted, by place."""

    text: str
    parameters: tuple[_Parameter, ...]
    is_positional: bool
    columns: tuple[tuple[int, Convert], ...]

    def bound(self, values: Mapping[str, Any]) -> Any:
        """The parameters as the driver takes them. KeyError where a value is missing."""
        found = []
        for each in self.parameters:
            value = values[each.name] if each.name else each.value
            found.append(value if each.convert is None else each.convert(value))
        if self.is_positional:
            return tuple(found)
        return {each.key: value for each, value in zip(self.parameters, found, strict=True)}

    def read(self, rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
        """Rows with their values as Python has them."""
        if not self.columns:
            return list(rows)
        made: list[Sequence[Any]] = []
        for row in rows:
            values = list(row)
            for place, convert in self.columns:
                values[place] = convert(values[place])
            made.append(values)
        return made


class PreparedStatement:
    """A statement that is known before it is run; `build` makes it for the dialect of this name. Parameters go by their names.

    Errors are SQLAlchemy's, and whoever listens to a connection's statements hears of these too.
    """

    def __init__(self, build: Executable | Callable[[str], Executable]) -> None:
        self._build = build
        self._by_compiler: dict[type[SQLCompiler], _Compiled] = {}

    def rows(self, connection: Connection, **values: Any) -> list[Sequence[Any]]:
        """All rows, each with its columns in their order."""
        compiled = self._of(connection.dialect)
        return compiled.read(_run(connection, compiled.text, compiled.bound(values), fetch=True))

    def first(self, connection: Connection, **values: Any) -> Sequence[Any] | None:
        """The first row; None if there is none."""
        rows = self.rows(connection, **values)
        return rows[0] if rows else None

    def run(self, connection: Connection, **values: Any) -> None:
        """For what it changes."""
        compiled = self._of(connection.dialect)
        _run(connection, compiled.text, compiled.bound(values))

    def run_each(self, connection: Connection, several: Iterable[Mapping[str, Any]]) -> None:
        """For what it changes, once for each of these."""
        compiled = self._of(connection.dialect)
        parameters = [compiled.bound(values) for values in several]
        if len(parameters) == 1:
            _run(connection, compiled.text, parameters[0])
        else:
            _run(connection, compiled.text, parameters, many=True)

    def _of(self, dialect: Dialect) -> _Compiled:
        compiled = self._by_compiler.get(dialect.statement_compiler)
        if compiled is None:
            statement = self._build(dialect.name) if callable(self._build) else self._build
            compiled = self._by_compiler[dialect.statement_compiler] = _compile(statement, dialect)
        return compiled


def among(dialect: str, column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """That a column is one of a list, which is one parameter however long it is: JSON on SQLite, an array on PostgreSQL."""
    if dialect == "postgresql":
        return column == any_(bindparam(name, type_=ARRAY(column.type)))
    listed = func.json_each(bindparam(name, type_=JSON())).table_valued("value")
    return column.in_(select(listed.c.value))


def each_of(dialect: str, name: str, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The values of such a list as a column of a table, of the type of this column."""
    if dialect == "postgresql":
        array = func.unnest(bindparam(name, type_=ARRAY(column.type)))
        return array.table_valued("value").render_derived().c.value
    return func.json_each(bindparam(name, type_=JSON())).table_valued("value").c.value


def gathered(dialect: str, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A group's numbers of a column as one list: a row of the database for each of them would cost more than all the rest."""
    if dialect == "postgresql":
        return func.array_agg(column, type_=ARRAY(column.type))
    return func.json_group_array(column, type_=JSON())


def _compile(statement: Any, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    binds = {each.key: each for each in compiled.binds.values()} | dict(compiled.binds)
    parameters = []
    for key in compiled.positiontup if compiled.positional else compiled.params:
        kind = binds[key].type.dialect_impl(dialect).bind_processor(dialect)
        value = compiled.params[key]
        if binds[key].required:
            parameters.append(_Parameter(key, key, None, kind))
        else:
            parameters.append(_Parameter("", key, value if kind is None else kind(value), None))
    kinds = [each.type.dialect_impl(dialect) for each in getattr(statement, "exported_columns", ())]
    converts = [(place, kind.result_processor(dialect, None)) for place, kind in enumerate(kinds)]
    columns = tuple((place, convert) for place, convert in converts if convert is not None)
    return _Compiled(str(compiled), tuple(parameters), compiled.positional, columns)


def _run(connection: Connection, text: str, parameters: Any, *, many: bool = False, fetch: bool = False) -> Any:
    if not connection.in_transaction():
        connection.begin()
    if connection.dispatch.before_cursor_execute:
        result = connection.exec_driver_sql(text, parameters)
        return result.fetchall() if fetch else ()
    cursor = _cursor(connection)
    try:
        (cursor.executemany if many else cursor.execute)(text, parameters)
        return cursor.fetchall() if fetch else ()
    except connection.dialect.loaded_dbapi.Error as error:
        raise _told_error(connection, text, parameters, error) from error


def _cursor(connection: Connection) -> Any:
    """One for as long as the driver's connection lives: to make one costs psycopg as much as to run a statement."""
    kept = connection.connection.info
    if (cursor := kept.get(_CURSOR)) is None:
        cursor = kept[_CURSOR] = connection.connection.cursor()
    return cursor


@contextmanager
def driver_cursor(connection: Connection, doing: str) -> Iterator[Any]:
    """A cursor of the driver for what SQLAlchemy has no words for; its errors are told as SQLAlchemy's, with what was being done."""
    cursor = connection.connection.cursor()
    try:
        yield cursor
    except connection.dialect.loaded_dbapi.Error as error:
        raise _told_error(connection, doing, (), error) from error
    finally:
        cursor.close()


def _told_error(connection: Connection, text: str, parameters: Any, error: Any) -> Any:
    """The driver's error as SQLAlchemy tells it; a connection that is lost is known to be."""
    dialect = connection.dialect
    is_lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if is_lost:
        connection.invalidate(error)
    base = dialect.loaded_dbapi.Error
    return DBAPIError.instance(
        text,
        parameters,
        error,
        base,
        connection.engine.hide_parameters,
        connection_invalidated=is_lost,
        dialect=dialect,
    )
