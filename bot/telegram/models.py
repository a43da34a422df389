"""aiogram's models of what Telegram sends, each built when it is first used: all of them at the import took 4 s and 100 MB."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel, ConfigDict

__all__ = ["types"]


@contextmanager
def _built_when_used() -> Iterator[None]:
    """Models that are defined meanwhile have no validators until somebody asks for them, whoever would have them at once."""
    before, rebuild = BaseModel.model_config, BaseModel.__dict__["model_rebuild"]
    BaseModel.model_config = ConfigDict({**before, "defer_build": True})
    BaseModel.model_rebuild = classmethod(_is_left)  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        BaseModel.model_config, BaseModel.model_rebuild = before, rebuild  # type: ignore[method-assign]


def _is_left(_: type[BaseModel], /, **__: Any) -> None:
    """In place of `model_rebuild`."""


with _built_when_used():
    from aiogram import types


def _know_each_other() -> None:
    """A model names others that its module imports for type checkers only: now it finds them there."""
    named = {name: getattr(types, name) for name in types.__all__}
    for name, module in list(sys.modules.items()):
        if name.startswith(("aiogram.types.", "aiogram.methods.")):
            vars(module).update({each: model for each, model in named.items() if each not in vars(module)})


_know_each_other()
types.Update.model_rebuild()
