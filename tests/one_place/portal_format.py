"""A portal format is added: lines of text, posted as they are."""

from datetime import date
from zoneinfo import ZoneInfo

from reporting.period_types import Period, PeriodType
from reporting.portal.consignment import Consignment, PortalAnswer, PortalValue
from reporting.portal.formats.formats import PORTAL_FORMATS
from reporting.portal.mapping import MappedIndicator
from reporting.portal.reading import read_mapping
from tests.conversations.house import START
from tests.one_place.additions import Addition, Put

LINES = '''"""A line a value, for a portal that reads no JSON."""

from reporting.portal.consignment import Consignment, PortalAnswer, PortalRequest, ValueReceipt, Verdict, trouble_of


def requests(consignment: Consignment) -> list[PortalRequest]:
    lines = "".join(f"{each.indicator.element}={each.value}\\n" for each in consignment.values)
    return [PortalRequest("values", "", lines.encode(), "text/plain", consignment.values)]


def read(request: PortalRequest, answer: PortalAnswer) -> Verdict:
    trouble = trouble_of(answer)
    return trouble or tuple(ValueReceipt(each.indicator.name, each.value, "taken") for each in request.about)
'''
ADDITION = Addition(
    "a portal format",
    (
        Put("reporting/portal/formats/plain_lines.py", LINES),
        Put(
            "reporting/portal/formats/formats.py",
            "from reporting.portal.formats import plain_lines\n",
            "from reporting.portal.mapping import PortalMapping",
        ),
        Put(
            "reporting/portal/formats/formats.py",
            '    "lines": PortalFormat(plain_lines.requests, plain_lines.read),\n',
            '    "csv": PortalFormat(',
        ),
    ),
)
MAPPING = """target = "dong"
format = "lines"
url = "https://portal.example.vn"
form = "covid_daily"
[units]
others = "own code"
[indicators]
f0_new = "F0"
"""


def test_a_mapping_may_name_the_new_format() -> None:
    mapping = read_mapping(MAPPING)
    value = PortalValue(MappedIndicator("f0_new", "F0"), "3")
    at = START.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    kept = PORTAL_FORMATS[mapping.format]
    (request,) = kept.requests(
        Consignment(mapping, "15742", Period(PeriodType("daily"), date(2021, 11, 10)), at, (value,))
    )
    assert request.body == b"F0=3\n"
    verdict = kept.read(request, PortalAnswer(200, b""))
    assert isinstance(verdict, tuple)
    assert [each.state for each in verdict] == ["taken"]
