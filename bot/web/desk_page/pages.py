"""All that stands on the desk's page: a page more is one module and its line here."""

from bot.web.desk_page.board import BOARD
from bot.web.desk_page.exports import EXPORT, EXPORTS
from bot.web.desk_page.people import INVITE, PEOPLE
from bot.web.desk_page.refused import REFUSED
from bot.web.desk_page.suspensions import LIFT, SUSPEND, SUSPENSIONS
from bot.web.desk_page.unit import UNIT
from bot.web.desk_page.unsaid import AGAIN, UNSAID
from bot.web.desk_page.visit import Deed, Download, Page

PAGES: tuple[Page, ...] = (BOARD, UNIT, PEOPLE, SUSPENSIONS, UNSAID, REFUSED, EXPORTS)
DEEDS: tuple[Deed, ...] = (AGAIN, SUSPEND, LIFT, INVITE)
DOWNLOADS: tuple[Download, ...] = (EXPORT,)
