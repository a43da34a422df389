"""A stand-in for a DHIS2 server, as far as aggregate values are sent to one: by its documentation and its source's behaviour.

It is no DHIS2: what a real server does beyond that is not known here. Two modes, as releases differ: «2.42» and «2.43».
"""

from simulator.dhis2.metadata import DataSet, Element, Metadata, OrgUnit
from simulator.dhis2.server import Dhis2Server, ServerFault
from simulator.dhis2.stored import Stored

__all__ = ["DataSet", "Dhis2Server", "Element", "Metadata", "OrgUnit", "ServerFault", "Stored"]
