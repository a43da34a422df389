"""A Bot API on one's own machine: `python -m simulator`, or `Simulator()` in a test."""

from simulator.bots import DEFAULT_NAME, DEFAULT_TOKEN, Call, SimulatedBot
from simulator.chats import Chat
from simulator.clock import Clock
from simulator.errors import NotThere, Refusal
from simulator.faults import Fault
from simulator.limits import Limits
from simulator.person import Person, Tap
from simulator.seen import Button, Seen
from simulator.simulator import Simulator

__all__ = [
    "DEFAULT_NAME",
    "DEFAULT_TOKEN",
    "Button",
    "Call",
    "Chat",
    "Clock",
    "Fault",
    "Limits",
    "NotThere",
    "Person",
    "Refusal",
    "Seen",
    "SimulatedBot",
    "Simulator",
    "Tap",
]
