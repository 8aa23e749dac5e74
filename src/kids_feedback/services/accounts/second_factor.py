"""The code from a phone, and the codes on paper for when the phone is lost."""

import hashlib
import secrets
from datetime import datetime

import pyotp

RECOVERY_CODES = 10
_STEP = 30  # seconds that a code from the phone is shown
_CLEAR = "23456789abcdefghjkmnpqrstuvwxyz"  # none that look alike on paper
_LETTERS, _GROUP = 16, 4  # of a recovery code: 79 bits, so that a fast hash is enough
_ISSUER = "Have your say"  # what the app on the phone calls us; a name, so never translated


def new_secret() -> str:
    """Return what the phone and we share, in Base32: 160 random bits."""
    return pyotp.random_base32()


def setup_address(secret: str, *, email: str) -> str:
    """Return the address that an authenticator app reads from a picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=_ISSUER)


def step_of(secret: str, code: str, *, after: int, now: datetime) -> int | None:
    """Return the step that ``code`` is right for; None when it is wrong, too old, or was used.

    Args:
        after: the last step that was used. Each is good once.
        now: the code may be one step, 30 seconds, early or late.
    """
    totp, given = pyotp.TOTP(secret), _plain(code)
    present = int(now.timestamp()) // _STEP
    right = [
        step
        for step in (present - 1, present, present + 1)
        if secrets.compare_digest(totp.generate_otp(step).encode(), given.encode())
    ]
    return next((step for step in right if step > after), None)


def new_recovery_codes() -> tuple[str, ...]:
    """Return ten codes to print, such as "h4kd-93pq-xzvm-27ab"."""
    return tuple(_new_recovery_code() for _ in range(RECOVERY_CODES))


def digest_of(code: str) -> str:
    """Return what is kept of a recovery code. Dashes, spaces and capitals do not matter."""
    return hashlib.sha256(_plain(code).encode()).hexdigest()


def _new_recovery_code() -> str:
    letters = [secrets.choice(_CLEAR) for _ in range(_LETTERS)]
    return "-".join(
        "".join(letters[start : start + _GROUP]) for start in range(0, _LETTERS, _GROUP)
    )


def _plain(code: str) -> str:
    return "".join(character for character in code.casefold() if character.isalnum())
