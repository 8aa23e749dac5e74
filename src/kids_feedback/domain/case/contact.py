"""How a child wants to be reached, and the rules that keep it safe."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from enum import StrEnum

from kids_feedback.domain.case.calendar import SATURDAY


class Method(StrEnum):
    """The child's preferred method (S3 5.2), and two that keep everything out of the home."""

    PHONE = "phone"
    LETTER = "letter"
    EMAIL = "email"
    MEET = "meet"
    HERE = "here"  # only behind the secret words
    NONE = "none"  # no contact wanted (ruling R11)


class NotArrived(StrEnum):
    """Why a letter with the answer did not reach the child."""

    CAME_BACK = "came_back"
    WRONG_ADDRESS = "wrong_address"


def method_to_tell(method: Method | None, details: Mapping[str, str | Sequence[str]]) -> Method:
    """Return the channel by which the child hears of something: for a meeting, the one they chose.

    Nothing chosen means nothing is sent: what we say waits behind the secret words.
    """
    if method is Method.MEET:
        chosen = details.get("meet_tell")
        return Method(chosen) if isinstance(chosen, str) and chosen else Method.HERE
    return method or Method.HERE


_LEFT: Mapping[Method, str] = {  # which answer is the number or the address itself
    Method.PHONE: "phone",
    Method.LETTER: "letter_address",
    Method.EMAIL: "email",
}


def left_a_way(method: Method | None, details: Mapping[str, str | Sequence[str]]) -> bool:
    """Say whether the child left a number or an address for the way that they chose.

    Who did not can be written to behind the secret words, and nowhere else.
    """
    return bool(details.get(_LEFT.get(method_to_tell(method, details), "")))


def safe_email(method: Method | None, details: Mapping[str, str | Sequence[str]]) -> str | None:
    """Return the address we may write to, or None when the child did not call email safe.

    An address typed on a page the child then left for another way is not consent.
    """
    address = details.get("email")
    if method_to_tell(method, details) is Method.EMAIL and isinstance(address, str) and address:
        return address
    return None


RINGING = (time(8), time(20))  # local; at no other hour does anybody ring a child
_GOOD_TIMES: Mapping[str, tuple[bool, time, time]] = {  # at the weekend, from, until
    "after_school": (False, time(15, 30), time(18)),
    "evening": (False, time(17), time(20)),
    "weekend": (True, time(9), time(20)),
}


def is_good_time(asked: str | Sequence[str], local: datetime) -> bool:
    """Say whether it is one of the times at which the child said that it is safe to ring.

    Who ticked no time, or any time, may be rung by day.

    Args:
        asked: what the child ticked.
        local: now, in the local zone.

    Source: docs/procedure.md, paragraph 20.
    """
    ticked = {asked} if isinstance(asked, str) else set(asked)
    opens, closes = RINGING
    if not opens <= local.time() < closes:
        return False
    times = [_GOOD_TIMES[code] for code in ticked if code in _GOOD_TIMES]
    if not times or "any_time" in ticked:
        return True
    is_weekend = local.weekday() >= SATURDAY
    return any(
        at_weekend is is_weekend and begins <= local.time() < ends
        for at_weekend, begins, ends in times
    )


def may_name_ourselves(details: Mapping[str, str | Sequence[str]]) -> bool:
    """Say whether a mail may say it is from Cafcass. Bare wording unless the child said so."""
    return details.get("email_shared") == "no" and details.get("email_says") == "named"
