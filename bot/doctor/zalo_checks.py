"""The plan of the bot at Zalo: what is left of it, and whether it lasts."""

from bot.doctor.findings import Finding, Patient, failing, warned, well
from bot.zalo.channel import ZALO
from reporting.message_plan import NOTHING, days_left
from reporting.say import Rank
from storage.messages.sent_counts import people_there, sent_in_month


def check_zalo(of: Patient) -> Finding:
    """How many messages are left for how many days, and whether there is room for another person."""
    settings = of.settings
    if not settings.zalo_token:
        return well("doctor_zalo_none")
    on, plan = of.now.astimezone(settings.zone).date(), settings.zalo_plan
    sent, people = sent_in_month(of.connection, ZALO.name, on), people_there(of.connection, ZALO.name)
    values = {"left": max(plan.messages - sent, 0), "days": days_left(on), "people": people, "most": plan.people}
    if plan.rank_allowed(sent) == NOTHING:
        return failing("doctor_zalo_spent", **values)
    if people >= plan.people:
        return warned("doctor_zalo_full", **values)
    if plan.rank_allowed(sent) < max(Rank) or not plan.lasts(sent, on):
        return warned("doctor_zalo_short", **values)
    return well("doctor_zalo_left", **values)
