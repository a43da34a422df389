"""Conditions and indexes of statements about some units, all but some, or all: their ids are one parameter, however many they are."""

from datetime import date
from typing import Any, Literal

from sqlalchemy import ARRAY, ColumnElement, Select, all_, and_, bindparam, true

from reporting.figures.areas import Among
from reporting.forms import Form, Question
from storage.database.prepared import among as one_of
from storage.database.tables import metadata

figure = metadata.tables["figure"]

BY_UNIT, BY_DAY = "INDEXED BY sqlite_autoindex_figure_1", "INDEXED BY ix_figure_day"
BY_UNIT_AND_DAY = "INDEXED BY ix_figure_unit"
"""SQLite keeps no statistics to choose by. Of some units the key is taken; of all, the index of days, which holds the values; of
some units' days, whatever the indicator, that of units and days."""

Scope = Literal["some", "others", "all"]
"""Whether the ids are those of the units, or of all others, or none are wanted."""
ALL = Among((), is_all_but=True)


def scope_of(among: Among) -> Scope:
    """By which a statement about these units is chosen; its parameter `ids` is `among.ids`, whatever the scope."""
    if not among.is_all_but:
        return "some"
    return "others" if among.ids else "all"


def of_scope(dialect: str, scope: Scope, column: ColumnElement[int] = figure.c.unit_id) -> ColumnElement[bool]:
    """That a figure, or what else has a unit's id in this column, is of one of the units; wants the parameter `ids`."""
    if scope == "all":
        return true()
    if scope == "some":
        return one_of(dialect, column, "ids")
    if dialect == "postgresql":
        return column != all_(bindparam("ids", type_=ARRAY(column.type)))
    return ~one_of(dialect, column, "ids")


def by_index(statement: Select[Any], scope: Scope) -> Select[Any]:
    """The statement with the index that SQLite is to take."""
    return statement.with_hint(figure, BY_UNIT if scope == "some" else BY_DAY, "sqlite")


def named_between(form: Form, question: Question, among: Among, first: date, last: date) -> dict[str, object]:
    """The parameters of a statement about one indicator of these units on these days."""
    return {"form": form.key, "indicator": question.name, "first_on": first, "last_on": last, "ids": among.ids}


def between(dialect: str, scope: Scope) -> ColumnElement[bool]:
    """The public figures of the units and days."""
    return and_(
        figure.c.form == bindparam("form"),
        figure.c.indicator == bindparam("indicator"),
        figure.c.period >= bindparam("first_on"),
        figure.c.period <= bindparam("last_on"),
        of_scope(dialect, scope),
    )
