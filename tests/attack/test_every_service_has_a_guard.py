"""Who may use what services there are: each that changes something, or is somebody's with duties, asks the table of access itself,
or stands here with who else does, so that a new one is in neither without being noticed."""

import ast
from collections.abc import Iterator

import pytest

from tests.environment import ROOT
from tests.test_every_change_is_audited import bodies, changed_by

GUARDS = (
    "services.access.demand",
    "services.access.refuse",
    "services.access.units_allowed",
    "reporting.access.may",
    "reporting.access.may_end",
    "reporting.access.tiers_held",
    "reporting.filling.tasks.is_charged",
)
OWN = "of whoever does it alone: his own duties, hours, language, drafts or words"
ADMINS = "handlers and pages let admins in alone, and ask for the unit"
DESK = "the command line, or a page's deed for admins"
CLOCK = "the clock, or another service"
EVERYBODY = "anybody's"
ELSEWHERE = {
    "announce.address_announcement": OWN,
    "approve.accept": CLOCK,
    "approve.withdraw_acceptance": CLOCK,
    "correct_report.change_figures": OWN,
    "correct_report.correct_by_desk": "the report's number is looked up among the units of an admin: report_numbered",
    "data_query.ask_for_residents": "a resident's doubt asks nothing that the public may not see",
    "data_query.end": CLOCK,
    "data_query.told_again": "the question is found among those of his own reports: open_for",
    "deliver_to_portal.settle": CLOCK,
    "deliver_to_portal.stop": CLOCK,
    "desk_session.desk_link": "the handler asks for a role of the desk",
    "desk_session.enter": "whoever has the link, once",
    "desk_session.leave": OWN,
    "end_duty.settle_duty": CLOCK,
    "flag.flag_figure": EVERYBODY,
    "follow_up.follow_up": CLOCK,
    "forget_old.forget_old": CLOCK,
    "form_candidate.receive_form": "may_keep_forms",
    "form_candidate.publish_candidate": "may_keep_forms",
    "form_candidate.retire_by_admin": "may_keep_forms",
    "leave.take_leave": OWN,
    "leave.end_leave": OWN,
    "hand_over.hand_over_at_desk": DESK,
    "import_history.import_history": DESK,
    "import_history.take_in": CLOCK,
    "import_units.change_units": "unit_files asks for an admin of a topmost unit; else the desk",
    "invite.invite": ADMINS,
    "invite.revoke_invitation": "it takes the units whose invitations are the admin's",
    "invite.invite_units": ADMINS,
    "join.accept_invitation": "whoever has the code, as often as it is good",
    "join.speak": OWN,
    "join.take_turn": EVERYBODY,
    "join.note_guess": EVERYBODY,
    "link_address.make_link_code": OWN,
    "link_address.link_address": "whoever has the code, once",
    "link_address.prefer_channel": OWN,
    "report_page.send_page": "whoever has the signed link of his own report",
    "switch_channel.begin_switch": CLOCK,
    "switch_channel.revoke_switch": DESK,
    "switch_channel.switch_channel": DESK,
    "switch_channel.tell_of_switch": CLOCK,
    "take_back_history.take_back_left": DESK,
    "take_back_history.take_back": DESK,
    "take_in_history.take_in_units": DESK,
    "keep_calendar.say_day": DESK,
    "keep_calendar.take_back_day": DESK,
    "keep_rules.bring_rules": DESK,
    "keep_rules.retire_rule": DESK,
    "keep_targets.import_targets": DESK,
    "keep_targets.give_target": "the handler and the page ask for the unit",
    "keep_targets.retire_target": "the handler and the page ask for the unit",
    "late_reason.give_reason_of": "its reports were found among his own",
    "merge_units.merge_units": CLOCK,
    "opening_balance.confirm_opening": "the handler asks who is charged with the report",
    "own_hours.choose_own_hours": OWN,
    "own_hours.go_by_the_form": OWN,
    "person_data.erase_person": "his own, or the desk's command line",
    "portal_targets.use_mapping": DESK,
    "propose_indicator.submit_written": OWN,
    "propose_indicator.decide_proposal": "it is looked up among those of the admin",
    "publish_form.publish_form": DESK,
    "read_briefing.keep_briefing": "of a page that read_briefing has given out",
    "read_digest.freeze": "of a digest that was given out",
    "reopen.open_until": CLOCK,
    "retire_form.retire_form": DESK,
    "set_range.set_range": ADMINS,
    "set_range.take_back_range": ADMINS,
    "settle_ended.settle_ended": CLOCK,
    "snooze.snooze_reminders": OWN,
    "submit_report.submit": "the draft is one of his own: filler_at",
    "submit_report.send_draft": CLOCK,
    "submit_report.accept": CLOCK,
    "suspend.suspend": ADMINS,
    "suspend.lift": ADMINS,
    "suspend.suspend_on": CLOCK,
    "waiting_reviews.awaiting_approval": "what waits for him alone, by who approves whose reports",
    "unit_files.show_file": "an admin of a topmost unit: _demand_root",
    "unit_files.confirm_file": "an admin of a topmost unit: _demand_root",
}


def uses_of(name: str) -> set[str]:
    """All that a function comes to use; the guards included, which are not gone into."""
    seen, waiting = set[str](), [name]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting += bodies()[current].uses if current in bodies() and current not in GUARDS else ()
    return seen


def services() -> Iterator[tuple[str, bool]]:
    """Each public function of the services, and whether it is somebody's with duties."""
    for path in sorted((ROOT / "services").glob("*.py")):
        for made in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(made, ast.FunctionDef) and not made.name.startswith("_") and path.stem != "access":
                given = (ast.unparse(each.annotation) for each in made.args.args if each.annotation is not None)
                yield f"{path.stem}.{made.name}", any(each.startswith("Actor") for each in given)


def wanting() -> list[str]:
    return [name for name, is_actors in services() if is_actors or changed_by(f"services.{name}")]


@pytest.fixture(scope="module")
def asked_for() -> dict[str, bool]:
    """Each service that wants a guard, and whether it asks one itself."""
    return {name: bool(uses_of(f"services.{name}") & set(GUARDS)) for name in wanting()}


def test_each_service_asks_itself_or_somebody_else_does(asked_for: dict[str, bool]) -> None:
    assert sorted(name for name, is_asked in asked_for.items() if not is_asked and name not in ELSEWHERE) == []


def test_what_stands_in_the_table_is_a_service_that_does_not_ask_itself(asked_for: dict[str, bool]) -> None:
    assert sorted(name for name in ELSEWHERE if asked_for.get(name, True)) == []


def test_the_walk_sees_who_asks(asked_for: dict[str, bool]) -> None:
    """Else the rule would hold by seeing guards everywhere, or nowhere."""
    asks = {name for name, is_asked in asked_for.items() if is_asked}
    assert {
        "nudge.nudge",
        "reopen.reopen",
        "approve.approve",
        "return_report.return_report",
        "look_at_unit.look_at_unit",
    } <= asks
    assert len(asks) > 20
