"""All that stands on the desk's page: a page more is one module and its line here."""

from bot.web.desk_page.announcements import ANNOUNCEMENTS
from bot.web.desk_page.audit import AUDIT
from bot.web.desk_page.board import BOARD
from bot.web.desk_page.calendar import CALENDAR, CALENDAR_DEEDS
from bot.web.desk_page.completeness import COMPLETENESS, COMPLETENESS_TABLE
from bot.web.desk_page.exports import EXPORT, EXPORTS
from bot.web.desk_page.forms import FORM_DEEDS, FORMS
from bot.web.desk_page.people import PEOPLE, PEOPLE_DEEDS
from bot.web.desk_page.ranges import RANGE_DEEDS, RANGES
from bot.web.desk_page.refused import REFUSED
from bot.web.desk_page.rules import RULE_DEEDS, RULES
from bot.web.desk_page.state import STATE
from bot.web.desk_page.suspensions import LIFT, SUSPEND, SUSPENSIONS
from bot.web.desk_page.targets import TARGET_DEEDS, TARGETS
from bot.web.desk_page.unit import UNIT
from bot.web.desk_page.units import UNIT_DEEDS, UNITS
from bot.web.desk_page.unsaid import AGAIN, UNSAID
from bot.web.desk_page.visit import Deed, Download, Page

PAGES: tuple[Page, ...] = (
    BOARD,
    UNIT,
    TARGETS,
    COMPLETENESS,
    FORMS,
    UNITS,
    PEOPLE,
    SUSPENSIONS,
    CALENDAR,
    ANNOUNCEMENTS,
    RANGES,
    RULES,
    UNSAID,
    REFUSED,
    EXPORTS,
    AUDIT,
    STATE,
)
DEEDS: tuple[Deed, ...] = (
    AGAIN,
    SUSPEND,
    LIFT,
    *FORM_DEEDS,
    *UNIT_DEEDS,
    *PEOPLE_DEEDS,
    *CALENDAR_DEEDS,
    *TARGET_DEEDS,
    *RANGE_DEEDS,
    *RULE_DEEDS,
)
DOWNLOADS: tuple[Download, ...] = (EXPORT, COMPLETENESS_TABLE)
