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


_WRITTEN_TO = {Method.PHONE: "phone", Method.LETTER: "letter_where", Method.EMAIL: "email"}
_NEEDS_NO_ADDRESS = frozenset({"office", "by_hand"})  # of the places for a letter


def lacks(method: Method | None, details: Mapping[str, str | Sequence[str]]) -> str | None:
    """Return the answer that is missing before anybody can get in touch as the child wishes.

    None: nothing is. Until then what we say waits behind the secret words.

    Args:
        details: all that was answered about contact, by the names of the child's pages.

    Source: docs/procedure.md, paragraphs 20 and 29.
    """
    if method is None:
        return "method"
    if method is Method.MEET and not details.get("meet_tell"):
        return "meet_tell"
    channel = method_to_tell(method, details)
    wanted = _WRITTEN_TO.get(channel)
    if wanted and not _said(details, wanted):
        return wanted
    if channel is Method.LETTER and details.get("letter_where") not in _NEEDS_NO_ADDRESS:
        return None if _said(details, "letter_address") else "letter_address"
    return None


def is_only_here(method: Method | None, details: Mapping[str, str | Sequence[str]]) -> bool:
    """Say whether only the secret words lead to the child: they chose so, or left no way."""
    no_way_chosen = method_to_tell(method, details) in {Method.HERE, Method.NONE}
    return no_way_chosen or lacks(method, details) is not None


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


def asked_for_times(asked: str | Sequence[str]) -> bool:
    """Say whether the child ticked some times for ringing, and not any time."""
    ticked = {asked} if isinstance(asked, str) else set(asked)
    return "any_time" not in ticked and not ticked.isdisjoint(_GOOD_TIMES)


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
    if not asked_for_times(asked):
        return True
    times = [_GOOD_TIMES[code] for code in ticked if code in _GOOD_TIMES]
    is_weekend = local.weekday() >= SATURDAY
    return any(
        at_weekend is is_weekend and begins <= local.time() < ends
        for at_weekend, begins, ends in times
    )


def may_name_ourselves(details: Mapping[str, str | Sequence[str]]) -> bool:
    """Say whether a mail may say it is from Cafcass. Bare wording unless the child said so."""
    return details.get("email_shared") == "no" and details.get("email_says") == "named"


def _said(details: Mapping[str, str | Sequence[str]], name: str) -> bool:
    return bool(str(details.get(name, "")).strip())
