"""The commands of the chat: their names in each language, and who may use them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reporting.people import ROLES, Duty, Role

EVERYBODY: frozenset[Role | None] = frozenset({*ROLES, None})
FILLERS: frozenset[Role | None] = frozenset({"reporter", "deputy", "leader"})
READERS: frozenset[Role | None] = frozenset({"chair", "leader", "admin"})


@dataclass(frozen=True, slots=True)
class ChatCommand:
    """`names`: language to name, without the stroke. `roles`: who may use it; None among them stands for residents.

    Its line of help is the sentence `command_<its English name>`.
    """

    names: dict[str, str]
    roles: frozenset[Role | None]

    @property
    def key(self) -> str:
        return f"command_{self.names['en']}"


COMMANDS: tuple[ChatCommand, ...] = (
    ChatCommand({"vi": "baocao", "en": "report"}, FILLERS),
    ChatCommand({"vi": "capnhat", "en": "update"}, FILLERS),
    ChatCommand({"vi": "phieu", "en": "webform"}, FILLERS),
    ChatCommand({"vi": "huy", "en": "cancel"}, FILLERS),
    ChatCommand({"vi": "dieuchinh", "en": "correct"}, frozenset({"admin"})),
    ChatCommand({"vi": "chuagui", "en": "unsaid"}, frozenset({"admin"})),
    ChatCommand({"vi": "bieumau", "en": "form"}, frozenset({"admin"})),
    ChatCommand({"vi": "dexuat", "en": "propose"}, frozenset(ROLES)),
    ChatCommand({"vi": "lichsu", "en": "history"}, frozenset({"reporter", "deputy", "chair"})),
    ChatCommand({"vi": "kiemtra", "en": "verify"}, frozenset(ROLES)),
    ChatCommand({"vi": "nghi", "en": "leave"}, frozenset({"reporter", "chair", "leader"})),
    ChatCommand({"vi": "bangiao", "en": "handover"}, frozenset({"reporter", "chair"})),
    ChatCommand({"vi": "dientap", "en": "practice"}, frozenset({"reporter", "deputy"})),
    ChatCommand({"vi": "tinhhinh", "en": "standing"}, READERS | FILLERS),
    ChatCommand({"vi": "tonghop", "en": "digest"}, READERS),
    ChatCommand({"vi": "giaoban", "en": "briefing"}, READERS),
    ChatCommand({"vi": "donduc", "en": "nudge"}, READERS),
    ChatCommand({"vi": "thongbao", "en": "announce"}, frozenset({"leader", "admin"})),
    ChatCommand({"vi": "donvi", "en": "unit"}, READERS | {"reporter", "deputy"}),
    ChatCommand({"vi": "bang", "en": "board"}, READERS),
    ChatCommand({"vi": "sosanh", "en": "compare"}, READERS),
    ChatCommand({"vi": "tyle", "en": "rates"}, READERS),
    ChatCommand({"vi": "daydu", "en": "completeness"}, READERS),
    ChatCommand({"vi": "muctieu", "en": "targets"}, READERS | {"reporter", "deputy"}),
    ChatCommand({"vi": "congvan", "en": "letter"}, READERS),
    ChatCommand({"vi": "hoilai", "en": "ask"}, READERS),
    ChatCommand({"vi": "traloi", "en": "answer"}, FILLERS),
    ChatCommand({"vi": "molai", "en": "reopen"}, frozenset({"leader", "admin"})),
    ChatCommand({"vi": "duyet", "en": "approve"}, frozenset({"chair", "leader"})),
    ChatCommand({"vi": "boduyet", "en": "unapprove"}, frozenset({"chair", "leader"})),
    ChatCommand({"vi": "tralai", "en": "return"}, READERS),
    ChatCommand({"vi": "trang", "en": "desk"}, READERS),
    ChatCommand({"vi": "nhom", "en": "group"}, frozenset({"leader", "admin"})),
    ChatCommand({"vi": "nhansu", "en": "people"}, frozenset({"leader", "admin"})),
    ChatCommand({"vi": "moi", "en": "invite"}, frozenset({"admin"})),
    ChatCommand({"vi": "tracuu", "en": "figures"}, EVERYBODY),
    ChatCommand({"vi": "theodoi", "en": "follow"}, EVERYBODY),
    ChatCommand({"vi": "quen", "en": "forget"}, EVERYBODY),
    ChatCommand({"vi": "gopy", "en": "feedback"}, EVERYBODY),
    ChatCommand({"vi": "lienket", "en": "link"}, frozenset(ROLES)),
    ChatCommand({"vi": "ngonngu", "en": "language"}, frozenset(ROLES)),
    ChatCommand({"vi": "trogiup", "en": "help"}, EVERYBODY),
)


def commands_for(duties: Iterable[Duty]) -> list[ChatCommand]:
    """The commands that somebody with these duties may use, in the order of the menu."""
    return commands_of({duty.role for duty in duties})


def commands_of(roles: Collection[Role]) -> list[ChatCommand]:
    """The commands that somebody in these roles may use; those of residents where there is none."""
    held = frozenset[Role | None](roles) or {None}
    return [command for command in COMMANDS if command.roles & held]
