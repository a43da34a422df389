"""Methods that send places and venues."""

from __future__ import annotations

from typing import Any

from simulator.errors import Refusal
from simulator.methods.messages import deliver
from simulator.requests import Request

Json = dict[str, Any]

LIVE = ("live_period", "heading", "proximity_alert_radius")
VENUE = ("title", "address", "foursquare_id", "foursquare_type", "google_place_id", "google_place_type")


def send_location(request: Request) -> Json:
    return deliver(request, {"location": place(request.params)})


def place(params: Json) -> Json:
    """A Location; Refusal when it is nowhere on Earth."""
    if not (-90 <= params["latitude"] <= 90 and -180 <= params["longitude"] <= 180):
        raise Refusal("invalid latitude or longitude specified")
    live = params.get("live_period", 0)
    if live and not (60 <= live <= 86_400 or live == 0x7FFFFFFF):
        raise Refusal("invalid live location period specified")
    names = ("latitude", "longitude", "horizontal_accuracy", *(LIVE if live else ()))
    return {name: params[name] for name in names if params.get(name) is not None}


def venue(params: Json) -> Json:
    """A Venue."""
    return {"location": place(params), **{name: params[name] for name in VENUE if params.get(name)}}


def send_venue(request: Request) -> Json:
    spot = venue(request.params)
    return deliver(request, {"venue": spot, "location": spot["location"]})


METHODS = {"sendLocation": send_location, "sendVenue": send_venue}
