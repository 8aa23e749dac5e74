"""How to run: read once from the environment and one file of facts, then frozen."""

import base64
import binascii
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kids_feedback.domain import addresses
from kids_feedback.domain.case.clocks import Allowances
from kids_feedback.domain.case.safety import USUAL, Watch
from kids_feedback.domain.grown_ups import GrownUps
from kids_feedback.domain.people import FEWEST_NAMED

FACTS = Path(__file__).with_name("reference.toml")
_PREFIX = "KIDS_FEEDBACK_"
_PORTS = 65_536
_KEY_BYTES = 32
_LONDON = ZoneInfo("Europe/London")
_Read = TypeVar("_Read")


class ConfigError(Exception):
    """The environment does not say how to run. Lists every fault, not only the first."""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Facts of the outside world, with the day on which somebody last checked them."""

    as_of: date
    phones: Mapping[str, str]
    promises: Allowances
    links: Mapping[str, str]
    categories: Mapping[str, str]
    duty: Watch = USUAL  # when somebody looks; the zone is that of the settings
    grown_ups: GrownUps = field(default_factory=GrownUps)


@dataclass(frozen=True, kw_only=True)
class Smtp:
    """Where mail goes out. Without a host nothing is sent and the outbox keeps it."""

    host: str = ""
    port: int = 587
    security: str = "starttls"  # or "tls", or "none" on the same machine
    user: str = ""
    password: str = ""
    sender: str = "have-your-say@localhost"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All that a running site needs to be told."""

    database_url: str
    keys: Mapping[int, bytes]  # 32 bytes each, by number; the highest seals
    words_key: bytes  # makes and finds secret words; changing it ends every way back
    reference: Reference
    timezone: ZoneInfo = _LONDON
    base_url: str = "http://127.0.0.1:8000"
    https: bool = True  # the site is reached over HTTPS: secure cookies, HSTS
    trusted_hosts: tuple[str, ...] = ()  # that it answers to besides the host of ``base_url``
    languages: tuple[str, ...] = ("en", "cy", "ar")
    drafted: frozenset[str] = frozenset({"cy", "ar"})  # machine-drafted, and marked as such
    demo: Path | None = None  # the folder of a demonstration's mail; None: not a demonstration
    smtp: Smtp = Smtp()
    alert_to: tuple[str, ...] = ()  # who is told by mail that the site cannot do its work
    named_first: int = FEWEST_NAMED  # who must be able to sign in before a child finds a door
    smallest_count: int = 5  # children; smaller groups are not shown to the board
    draft_at_hand: timedelta = timedelta(minutes=15)  # after the last press; see ``drafts``
    proxies: int = 0  # of ours in front, each of which adds whom it was asked by
    sends_an_hour: int = 12  # from one browser, which is asked to wait after that
    sends_an_hour_shared: int = 120  # from a kiosk, or a tablet that was lent

    @property
    def watch(self) -> Watch:
        """When somebody looks to a child who may not be safe, by the site's own clock."""
        return replace(self.reference.duty, zone=self.timezone)

    @property
    def mails(self) -> bool:
        """Whether mail goes out: to a server, or into the folder of a demonstration."""
        return bool(self.smtp.host) or self.demo is not None

    @property
    def hosts(self) -> frozenset[str]:
        """Which names the site answers to, without ports."""
        named = [host_in(self.base_url), *(host_in(f"//{host}") for host in self.trusted_hosts)]
        return frozenset(filter(None, named))


class _Environment:
    """The variables, and every fault met while reading them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.faults: list[str] = []

    def said(self, name: str, otherwise: str | None = None) -> str:
        value = self._environ.get(_PREFIX + name, "").strip()
        if value:
            return value
        if otherwise is None:
            self.faults.append(f"{_PREFIX}{name} is not set")
        return otherwise or ""

    def number(self, name: str, otherwise: int) -> int:
        value = self.said(name, str(otherwise))
        if value.isascii() and value.isdigit():
            return int(value)
        self.faults.append(f"{_PREFIX}{name} is not a number")
        return otherwise

    def count(self, name: str, otherwise: int) -> int:
        value = self.number(name, otherwise)
        if value < 1:
            self.faults.append(f"{_PREFIX}{name} is not 1 or more")
        return value

    def file(
        self, name: str, read: Callable[[Path], _Read], otherwise: str | None = None
    ) -> _Read | None:
        path = self.said(name, otherwise)
        if not path:
            return None
        try:
            return read(Path(path))
        except OSError as error:
            self.faults.append(f"{_PREFIX}{name}: {error.strerror}")
        except (KeyError, TypeError, ValueError) as error:
            self.faults.append(f"{_PREFIX}{name}: {error}")
        return None

    def smtp(self) -> Smtp:
        smtp = Smtp(
            host=self.said("SMTP_HOST", ""),
            port=self.number("SMTP_PORT", 587),
            security=self.said("SMTP_SECURITY", "starttls"),
            user=self.said("SMTP_USER", ""),
            password=self.said("SMTP_PASSWORD", ""),
            sender=self.said("SMTP_SENDER", "have-your-say@localhost"),
        )
        if smtp.security not in {"starttls", "tls", "none"}:
            self.faults.append(f"{_PREFIX}SMTP_SECURITY is not starttls, tls or none")
        if smtp.security == "none" and not is_loopback(smtp.host):
            self.faults.append(f"{_PREFIX}SMTP_SECURITY: none is for a host on this machine only")
        if not _is_bare_address(smtp.sender):
            self.faults.append(f"{_PREFIX}SMTP_SENDER is not a bare e-mail address")
        if not 0 < smtp.port < _PORTS:
            self.faults.append(f"{_PREFIX}SMTP_PORT is no port")
        return smtp

    def alert_to(self) -> tuple[str, ...]:
        found = tuple(self.said("ALERT_TO", "").split())
        if not all(map(_is_bare_address, found)):
            self.faults.append(f"{_PREFIX}ALERT_TO: not each is a bare e-mail address")
        return found

    def zone(self) -> ZoneInfo:
        name = self.said("TIMEZONE", "Europe/London")
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            self.faults.append(f"{_PREFIX}TIMEZONE: no time zone is called {name!r}")
            return ZoneInfo("UTC")


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Read ``KIDS_FEEDBACK_*`` variables and the files they name.

    Raises:
        ConfigError: a variable is missing or cannot be read.
    """
    read = _Environment(environ)
    database_url = read.said("DATABASE_URL")
    keys = read.file("KEY_FILE", keys_from)
    reference = read.file("REFERENCE", reference_from, str(FACTS))
    zone = read.zone()
    smtp, alert_to = read.smtp(), read.alert_to()
    demo = read.said("DEMO", "")
    draft_minutes = read.number("DRAFT_MINUTES", 15)
    sends, sends_shared = read.count("SENDS_AN_HOUR", 12), read.count("SENDS_AN_HOUR_SHARED", 120)
    proxies = read.number("PROXIES", 0)
    if read.faults or keys is None or reference is None:
        raise ConfigError("; ".join(read.faults))
    return Settings(
        database_url=database_url,
        keys=keys.data,
        words_key=keys.words,
        reference=reference,
        timezone=zone,
        base_url=read.said("BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
        https=read.said("HTTPS", "1") != "0",
        trusted_hosts=tuple(read.said("TRUSTED_HOSTS", "").split()),
        demo=Path(demo) if demo else None,
        smtp=smtp,
        alert_to=alert_to,
        draft_at_hand=timedelta(minutes=draft_minutes),
        proxies=proxies,
        sends_an_hour=sends,
        sends_an_hour_shared=sends_shared,
    )


@dataclass(frozen=True)
class KeyFile:
    """The secrets that live outside the database and its backups."""

    data: Mapping[int, bytes]  # 32 bytes each, by number; the highest seals
    words: bytes  # of the secret words


def keys_from(path: Path) -> KeyFile:
    """Read the key file: TOML with ``words`` and a table ``data``, 32 bytes each in Base64.

    Raises:
        OSError: it cannot be read.
        ValueError: it does not hold what it should. The text names no key.
    """
    try:
        kept = tomllib.loads(path.read_text())
        data = {int(number): _secret(text) for number, text in kept["data"].items()}
        words = _secret(kept["words"])
    except (tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError) as error:
        raise ValueError("not a key file; `kids-feedback make-keys` writes one") from error
    if not data or not all(0 <= number <= 255 for number in data):
        raise ValueError("a key file needs at least one data key, numbered 0 to 255")
    return KeyFile(data, words)


def new_key_file() -> str:
    """Return the text of a key file with fresh keys."""
    fresh = [base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode() for _ in range(2)]
    return f'words = "{fresh[0]}"\n\n[data]\n1 = "{fresh[1]}"\n'


def reference_from(path: Path) -> Reference:
    """Read the facts that change with time.

    Raises:
        OSError: it cannot be read.
        ValueError, KeyError, TypeError: it does not hold what it should.
    """
    kept = tomllib.loads(path.read_text())
    return Reference(
        as_of=kept["as_of"],
        phones=kept["phones"],
        promises=Allowances(**kept["promises"]),
        links=kept["links"],
        categories=kept["categories"],
        duty=_watch(kept["duty"]) if "duty" in kept else USUAL,
        grown_ups=GrownUps(**kept.get("grown_ups", {})),
    )


def _watch(kept: Mapping[str, str | int]) -> Watch:
    return Watch(
        opens=time.fromisoformat(str(kept["opens"])),
        closes=time.fromisoformat(str(kept["closes"])),
        every=timedelta(minutes=int(kept["every"])),
    )


def host_in(address: str) -> str:
    """Return the host of ``address`` as browsers send it, without a port; empty: it has none."""
    try:
        return (urlsplit(address).hostname or "").encode("idna").decode()
    except ValueError:  # UnicodeError is one too
        return ""


def is_loopback(host: str) -> bool:
    """Say whether ``host`` is this machine, as reached by itself only."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _is_bare_address(text: str) -> bool:
    fault = addresses.fault_in(text)
    return fault is None or fault.what is addresses.Wrong.NO_DOT  # as at "localhost"


def _secret(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("a key is not Base64") from error
    if len(key) != _KEY_BYTES:
        raise ValueError(f"a key has {_KEY_BYTES} bytes, not {len(key)}")
    return key
