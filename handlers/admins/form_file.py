"""An admin sends a form's file: it is fetched, checked by row, and shown with what can be done with it."""

from collections.abc import Sequence
from pathlib import PurePath

from messages.admins.form_cards import candidate_say, form_refused_say
from messages.admins.form_words import change_lines
from reporting.effects import Effect, FetchFile
from reporting.filling.workbooks import LARGEST, whose
from reporting.incoming import Message, SharedFile
from reporting.people import Address
from reporting.questions.question_types import type_of
from reporting.say import Say
from reporting.translator import Translator
from reporting.unit_tables import HEADS
from reporting.xlsforms.reading import BadForm, read_sheets
from services.context import Context
from services.form_candidate import candidate_at, may_keep_forms, receive_form
from storage.reports import drafts

SUFFIXES = (".xlsx", ".xls", ".xlsm", ".md", ".csv", ".zip")
OF_OTHERS = (".csv",)
"""What may as well be something else: it is a form only where it has a form's sheet."""
NOT_FETCHED = {"too big": "form_file_too_big", "gone": "form_file_gone", "network": "form_file_network"}


def take(message: Message, context: Context) -> Sequence[Effect] | None:
    """The file is fetched first, and comes as one more message; None for what is no form, or of nobody who keeps the forms."""
    sent, to = message.shared, message.chat
    if not isinstance(sent, SharedFile) or sent.kind != "document":
        return None
    if PurePath(sent.file.file_name).suffix.lower() not in SUFFIXES or not _is_for_desk(context, to):
        return None
    words = context.words(context.person(to))
    why_not = "too big" if sent.file.size > LARGEST else sent.not_fetched
    if why_not:
        return _not_fetched(context, to, why_not, sent.file.file_name, words)
    if not sent.is_read and sent.again is not None:
        return [FetchFile(to, sent.file.file_id, sent.again, whole=True)]
    if sent.content is None or not _is_form(sent):
        return _not_known(sent, to, words)
    return _checked(context, to, sent.content, sent.file.file_name, words)


def _not_known(sent: SharedFile, to: Address, words: Translator) -> list[Say] | None:
    """What a table has to begin with, to whoever sent one that is none of ours; None for any other file."""
    if sent.content is None or PurePath(sent.file.file_name).suffix.lower() not in OF_OTHERS:
        return None
    columns = {kind: ", ".join(head) for kind, head in HEADS.items()}
    return [Say(to, words("file_not_known", file=sent.file.file_name, **columns))]


def _is_for_desk(context: Context, to: Address) -> bool:
    """Whether an admin is there, who is not just asked for a file."""
    if not context.duties(context.person(to), "admin"):
        return False
    found = drafts.at(context.connection, to)
    asked = found[1].by_name.get(found[0].at) if found else None
    return asked is None or not type_of(asked).takes_any_file


def _not_fetched(context: Context, to: Address, why: str, file_name: str, words: Translator) -> Sequence[Effect] | None:
    if context.duties(context.person(to), "reporter", "deputy", "leader") and file_name.lower().endswith(".xlsx"):
        return None  # a report's template as likely as a form, which is said there
    return [Say(to, words(NOT_FETCHED.get(why, "form_file_network"), n=LARGEST // 1_000_000))]


def _is_form(sent: SharedFile) -> bool:
    """Whether it is not a filled template of a report, nor a list of something else."""
    if sent.cells and whose(sent.cells) is not None:
        return False
    if PurePath(sent.file.file_name).suffix.lower() not in OF_OTHERS:
        return True
    try:
        sheet = read_sheets(sent.content or b"", sent.file.file_name).sheet("survey")
    except BadForm:
        return False
    return "type" in [header.lower() for header in sheet.headers] or sheet.name.lower() in sheet.headers


def _checked(context: Context, to: Address, source: bytes, file_name: str, words: Translator) -> list[Say]:
    person = context.person(to)
    if person is None or not may_keep_forms(context, person):
        return [Say(to, words("form_only_top", contact=context.contact(words)))]
    check = receive_form(context, person, to, source, file_name)
    if check.form is None or not check.is_good:
        taken = check.form.version if check.form is not None and check.is_taken else ""
        return [form_refused_say(file_name, check.problems, check.breaks, taken, check.warnings, to, words)]
    if check.is_same:
        return [Say(to, words("form_sent_same", form=check.form.key, version=check.form.version))]
    candidate, _ = candidate_at(context, to)
    changes = change_lines(check.changes, words)
    return [candidate_say(candidate.id, check.form, check.against, changes, check.warnings, to, words)]
