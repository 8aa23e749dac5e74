"""How a child wants to be reached, and the rules that keep it safe."""

from collections.abc import Mapping, Sequence
from enum import StrEnum


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


def safe_email(method: Method | None, details: Mapping[str, str | Sequence[str]]) -> str | None:
    """Return the address we may write to, or None when the child did not call email safe.

    An address typed on a page the child then left for another way is not consent.
    """
    address = details.get("email")
    if method_to_tell(method, details) is Method.EMAIL and isinstance(address, str) and address:
        return address
    return None


def may_name_ourselves(details: Mapping[str, str | Sequence[str]]) -> bool:
    """Say whether a mail may say it is from Cafcass. Bare wording unless the child said so."""
    return details.get("email_shared") == "no" and details.get("email_says") == "named"
