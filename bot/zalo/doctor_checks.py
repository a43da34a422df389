"""Whether Zalo calls us and proves that it is Zalo, and what is left of the plan."""

from bot.doctor.findings import Finding, Patient, Surroundings, failing, warned, well
from bot.zalo.channel import ZALO
from bot.zalo.settings import ZaloSettings
from reporting.message_plan import NOTHING, days_left
from reporting.say import Rank
from storage.messages.sent_counts import people_there, sent_in_month


def check_zalo_settings(of: Surroundings) -> Finding:
    """That Zalo calls us, proves that it is Zalo, and the bot has the name by which people look for it."""
    zalo = of.settings.of(ZaloSettings)
    if not zalo.zalo_token:
        return well("doctor_zalo_none")
    if not zalo.zalo_webhook_url:
        return warned("doctor_zalo_polled")
    if not zalo.zalo_webhook_secret:
        return failing("doctor_zalo_unproved")
    return well("doctor_zalo_called", url=zalo.zalo_webhook_url) if zalo.zalo_name else warned("doctor_zalo_unnamed")


def check_zalo(of: Patient) -> Finding:
    """How many messages are left for how many days, and whether there is room for another person."""
    zalo = of.settings.of(ZaloSettings)
    if not zalo.zalo_token:
        return well("doctor_zalo_none")
    on, plan = of.now.astimezone(of.settings.zone).date(), zalo.plan
    sent, people = sent_in_month(of.connection, ZALO.name, on), people_there(of.connection, ZALO.name)
    values = {"left": max(plan.messages - sent, 0), "days": days_left(on), "people": people, "most": plan.people}
    if plan.rank_allowed(sent) == NOTHING:
        return failing("doctor_zalo_spent", **values)
    if people >= plan.people:
        return warned("doctor_zalo_full", **values)
    if plan.rank_allowed(sent) < max(Rank) or not plan.lasts(sent, on):
        return warned("doctor_zalo_short", **values)
    return well("doctor_zalo_left", **values)
