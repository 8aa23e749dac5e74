"""Shared devices: kiosks and lent tablets, and when they forget what was written on them.

On a screen that others use too, whoever walks away may have left words behind. So it asks whether
somebody is still there, and clears itself when nobody answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class DeviceKind(StrEnum):
    """Whose screen it is."""

    OWN = "own"  # a phone or computer of the child's own, or of somebody they trust
    KIOSK = "kiosk"  # stands in an office, for whoever comes
    LENT = "lent"  # a worker's tablet, in a child's hands for a while


@dataclass(frozen=True, kw_only=True)
class DeviceRules:
    """When a shared screen asks, and when it clears."""

    warn_after: timedelta  # without a touch or a key
    warn_after_on_words: timedelta  # the same on the page with the secret words: time to copy them
    clear_after: timedelta  # the warning, if nobody answers it
    more_time: timedelta  # for each "I need more time", as often as it is pressed
    drop_after: timedelta  # without any request: what the server forgets by itself
    whole: timedelta  # the longest visit
    from_handing_over: bool  # the longest visit is counted from there, not from the first answer
    warn_before_end: timedelta  # of the longest visit


RULES: Mapping[DeviceKind, DeviceRules] = {
    DeviceKind.KIOSK: DeviceRules(
        warn_after=timedelta(seconds=60),
        warn_after_on_words=timedelta(minutes=3),
        clear_after=timedelta(seconds=30),
        more_time=timedelta(minutes=3),
        drop_after=timedelta(minutes=5),
        whole=timedelta(minutes=30),
        from_handing_over=False,
        warn_before_end=timedelta(minutes=5),
    ),
    DeviceKind.LENT: DeviceRules(
        warn_after=timedelta(minutes=2),
        warn_after_on_words=timedelta(minutes=3),
        clear_after=timedelta(seconds=30),
        more_time=timedelta(minutes=3),
        drop_after=timedelta(minutes=5),
        whole=timedelta(minutes=60),
        from_handing_over=True,
        warn_before_end=timedelta(minutes=5),
    ),
}


def ends_at(
    kind: DeviceKind, *, made_at: datetime, first_answer_at: datetime | None
) -> datetime | None:
    """Return when a visit on a shared screen ends at the latest; None before its first answer.

    Args:
        made_at: when the screen was made a kiosk, or handed over.
        first_answer_at: when this child answered for the first time.
    """
    rules = RULES[kind]
    begun_at = made_at if rules.from_handing_over else first_answer_at
    return begun_at + rules.whole if begun_at else None
