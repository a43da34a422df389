"""The forms that there are; a new one is checked by row, compared, published from a day or put aside; one is retired."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from bot.web.desk_page.visit import ADMINS, Deed, Done, Page, Visit, as_read
from messages.admins.form_cards import candidate_say, form_refused_say, preview_say, published_say, retired_say
from messages.admins.form_words import change_lines, used, version_line
from messages.notices import notices_of
from reporting.errors import Refused
from reporting.texts import in_language
from services.form_candidate import (
    candidate_at,
    drop_candidate,
    may_keep_forms,
    publish_candidate,
    receive_form,
    retire_by_admin,
)
from storage.reports import form_candidates, forms


def _show(visit: Visit) -> Mapping[str, Any]:
    context, words, connection = visit.context, visit.words, visit.connection
    lines = []
    for each in used(forms.versions(connection), context.today):
        form = forms.version(connection, each.key, each.version)
        line = version_line(each, in_language(form.title, words.language), context.today, words)
        lines.append({"key": each.key, "line": line, "retired": each.until_on is not None})
    found = form_candidates.at(connection, visit.actor.person.address)
    waiting = None
    if found is not None:
        form = forms.version(connection, found.key, found.version)
        waiting = {
            "id": found.id,
            "title": in_language(form.title, words.language),
            "version": found.version,
            "questions": as_read(preview_say(form, None, visit.actor.person.address, words).text),
        }
    return {
        "rows": lines,
        "waiting": waiting,
        "may": may_keep_forms(context, visit.actor.person),
        "today": context.today,
        "said": Markup(),
    }


def _send(visit: Visit) -> Done:
    """The file that was dropped here waits, as one that was sent in chat does, in the place of one before."""
    context, words, person = visit.context, visit.words, visit.actor.person
    sent = visit.uploads.get("file")
    if not may_keep_forms(context, person):
        raise Refused("form_only_top", contact=context.contact(words))
    if sent is None or not sent.content:
        raise Refused("page_no_file")
    check = receive_form(context, person, person.address, sent.content, sent.name)
    if check.form is None or not check.is_good:
        taken = check.form.version if check.form is not None and check.is_taken else ""
        why = form_refused_say(sent.name, check.problems, check.breaks, taken, check.warnings, person.address, words)
        return Done(FORMS.path, why.text, is_refusal=True)
    if check.is_same:
        return Done(FORMS.path, words("form_sent_same", form=check.form.key, version=check.form.version))
    candidate, _ = candidate_at(context, person.address)
    changes = change_lines(check.changes, words)
    said = candidate_say(candidate.id, check.form, check.against, changes, check.warnings, person.address, words)
    return Done(FORMS.path, said.text)


def _publish(visit: Visit) -> Done:
    context, person = visit.context, visit.actor.person
    from_on = visit.day("from_on", context.today)
    done = publish_candidate(context, person, person.address, from_on, visit.number("id"))
    said = published_say(
        done.form, done.from_on, done.is_new, len(done.carried), done.next, person.address, visit.words
    )
    return Done(FORMS.path, said.text, notices_of(done.carried, context.zone))


def _drop(visit: Visit) -> Done:
    form = drop_candidate(visit.context, visit.actor.person.address, visit.number("id"))
    return Done(FORMS.path, visit.words("form_dropped", title=in_language(form.title, visit.words.language)))


def _retire(visit: Visit) -> Done:
    context, words, person = visit.context, visit.words, visit.actor.person
    if not may_keep_forms(context, person):
        raise Refused("form_only_top", contact=context.contact(words))
    until_on = visit.day("until_on", context.today)
    done = retire_by_admin(context, person, visit.text("form"), until_on)
    said = retired_say(done.form, done.until_on, done.is_new, done.received, len(done.dropped), person.address, words)
    return Done(FORMS.path, said.text, notices_of(done.dropped, context.zone))


FORMS = Page("/forms", "page_forms", "forms.html", _show, ADMINS)
FORM_DEEDS = (
    Deed("/forms/send", FORMS, _send),
    Deed("/forms/publish", FORMS, _publish),
    Deed("/forms/drop", FORMS, _drop),
    Deed("/forms/retire", FORMS, _retire),
)
