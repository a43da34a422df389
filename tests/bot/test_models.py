"""aiogram's models as we import them: none has been built but what an update needs, and all of them can be."""

import subprocess
import sys

from tests.environment import ROOT

BEGINNING = """
from pydantic import BaseModel
from bot.telegram.models import types
import aiogram.methods

models = [getattr(module, name) for module in (types, aiogram.methods) for name in module.__all__]
models = [each for each in models if isinstance(each, type) and issubclass(each, BaseModel)]
print(len(models), sum(each.__pydantic_complete__ for each in models))
"""
BUILT = """
from bot.telegram.decode import Decoder

sent = {"update_id": 1, "message": {"message_id": 5, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "3"}}
assert types.Update.model_validate(sent).message.chat == types.Chat(id=5, type="private")
for each in models:
    each.model_rebuild(raise_errors=True)
assert all(each.__pydantic_complete__ for each in models)

class Mine(BaseModel):
    number: int

assert Mine.__pydantic_complete__
"""


def prints(program: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_of_some_five_hundred_models_hardly_one_is_built_at_the_start_and_all_of_them_can_be() -> None:
    total, built = map(int, prints(BEGINNING + BUILT))
    assert total > 400
    assert built < total / 10
