"""A Zalo Bot API on one's own machine, strict: `ZaloSimulator()` in a test, `python -m simulator.zalo` alone."""

from simulator.zalo.chats import Contradictions, Plan, ZaloGroup, ZaloMessage, ZaloRefusal
from simulator.zalo.phone import ZaloPerson
from simulator.zalo.simulator import DEFAULT_ZALO_TOKEN, ZaloSimulator

__all__ = [
    "DEFAULT_ZALO_TOKEN",
    "Contradictions",
    "Plan",
    "ZaloGroup",
    "ZaloMessage",
    "ZaloPerson",
    "ZaloRefusal",
    "ZaloSimulator",
]
