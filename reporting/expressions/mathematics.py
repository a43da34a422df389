"""Mathematics as Java's: nothing raises, what has no result is NaN and what is too large is infinite."""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal

from reporting.expressions.values import java_int

_EXACT = Context(prec=700)


def divided(left: float, right: float) -> float:
    if right != 0:
        return left / right
    return math.nan if left == 0 or math.isnan(left) else math.copysign(math.inf, left) * math.copysign(1.0, right)


def remainder(left: float, right: float) -> float:
    """With the sign of `left`."""
    return math.nan if right == 0 or math.isinf(left) else math.fmod(left, right)


def rounded(figure: float, digits: float = 0.0) -> float:
    """Halves go up (towards +∞) at and after the point. Before it ODK Collect's engine adds a half and cuts."""
    places = java_int(digits)
    if not math.isfinite(figure):
        return figure
    if abs(places) > 30:
        return math.nan
    exact = Decimal(repr(figure))
    if places >= 0:
        halves = ROUND_HALF_DOWN if figure < 0 else ROUND_HALF_UP
        return float(exact.quantize(Decimal(1).scaleb(-places), halves, _EXACT))
    return float(Decimal(math.trunc(float(exact.scaleb(places, _EXACT)) + 0.5)).scaleb(-places, _EXACT))


def whole(figure: float) -> float:
    return float(math.trunc(figure)) if math.isfinite(figure) else figure


def least(*figures: float) -> float:
    """What is empty or no number is passed over; NaN if nothing is left."""
    return min((each for each in figures if not math.isnan(each)), default=math.nan)


def greatest(*figures: float) -> float:
    """What is empty or no number is passed over, but not beside numbers under 0 alone: there ODK Collect's engine says 0, and
    its other two nothing, as here."""
    found = max((each for each in figures if not math.isnan(each)), default=math.nan)
    return math.nan if found < 0 and any(map(math.isnan, figures)) else found


def power(base: float, exponent: float) -> float:
    """As in Java: 1 to an infinite power, or to no number, is no number."""
    if exponent == 0:
        return 1.0
    if math.isnan(exponent) or (abs(base) == 1 and math.isinf(exponent)):
        return math.nan
    if base < 0 and math.isfinite(exponent) and math.isfinite(base) and not exponent.is_integer():
        return math.nan
    is_odd = exponent % 2 == 1
    if base == 0 and exponent < 0:
        return math.copysign(math.inf, base) if is_odd else math.inf
    try:
        result = base**exponent
    except OverflowError:
        return -math.inf if base < 0 and is_odd else math.inf
    return float(result)


def safe(of: Callable[..., float]) -> Callable[..., float]:
    """`of`, answering NaN where Python raises, and infinity where it says that the result is too large."""

    def guarded(*figures: float) -> float:
        try:
            return float(of(*figures))
        except OverflowError:
            return math.inf
        except ValueError:
            return math.nan

    return guarded


def logarithm(of: Callable[[float], float]) -> Callable[[float], float]:
    return safe(lambda figure: -math.inf if figure == 0 else of(figure))
