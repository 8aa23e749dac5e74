"""The kit under the tests: a clock that stands still, and empty databases of both kinds."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from kids_feedback import config
from kids_feedback.config import Settings
from kids_feedback.storage import schema
from kids_feedback.storage.base import Base
from kids_feedback.storage.db import Transactions, engine_for
from kids_feedback.storage.encryption import Keys, give_keys
from tests import postgres, sample

REFERENCE = Path(config.__file__).with_name("reference.toml")
KEYS = Keys({1: b"a key that only the tests know!!"}, newest=1)
DATABASES = ("sqlite", "postgresql")

# A property is tried on the same few examples each time; where there are many, on new ones.
hypothesis.settings.register_profile(
    "tests",
    max_examples=sample.many(small=100, full=10_000),
    derandomize=not sample.ALL,
    deadline=None,
    print_blob=True,
)
hypothesis.settings.load_profile("tests")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker is left alone with it at the end."""
    items.sort(
        key=lambda test: (test.get_closest_marker("long") is None, "e2e" not in test.path.parts)
    )


class SetClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **delta: float) -> None:
        self.at += timedelta(**delta)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))  # a Monday


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One migrated, empty SQLite file; each test gets a copy, which takes about a millisecond."""
    path = tmp_path_factory.mktemp("database") / "empty.sqlite3"
    _upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a server's migrated database; it starts when the first test asks for it."""
    with postgres.running() as url:
        _upgrade(url)
        yield url


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """Which database: each test of rows runs on both. Pages and commands have their own fixture."""
    kind: str = request.param
    return kind


@pytest.fixture
def database_url(database: str, request: pytest.FixtureRequest) -> str:
    """Where this test finds every table, newly migrated and without a row.

    It is the same for all tests of a worker, so that what SQLAlchemy has compiled is kept.
    """
    if database == "postgresql":
        url: str = request.getfixturevalue("postgresql")
        postgres.empty(url, list(Base.metadata.tables))
        return url
    empty: Path = request.getfixturevalue("empty_sqlite")
    here = empty.with_name("test.sqlite3")
    for old in here.parent.glob(f"{here.name}*"):
        old.unlink()
    return f"sqlite:///{shutil.copy(empty, here)}"


@pytest.fixture
def bare_database_url(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[str]:
    """Where this test finds no table at all."""
    if database == "postgresql":
        with postgres.extra_database(request.getfixturevalue("postgresql"), "bare") as url:
            yield url
    else:
        (tmp_path / "bare.sqlite3").touch(0o600)
        yield f"sqlite:///{tmp_path / 'bare.sqlite3'}"


@pytest.fixture
def settings(database_url: str) -> Settings:
    """A site as it runs in earnest: behind HTTPS, all its languages, no mail server."""
    return Settings(
        database_url=database_url,
        keys=KEYS.by_number,
        words_key=b"another key that only tests know",
        named_first=0,  # most tests need nobody who is named for what nobody else may have
        reference=config.reference_from(REFERENCE),
    )


@pytest.fixture
def transactions(database_url: str) -> Iterator[Transactions]:
    engine = _engine(database_url)
    yield Transactions(engine, KEYS)
    engine.dispose()


@pytest.fixture
def db(transactions: Transactions) -> Iterator[Session]:
    """A session for a test's own use, whichever number of times it commits.

    On SQLite it holds the write lock from its first statement: commit before the app is to write.
    """
    with Session(transactions.engine, expire_on_commit=False) as session:
        give_keys(session, KEYS)
        yield session


@cache
def _engine(url: str) -> Engine:
    return engine_for(url)


def _upgrade(url: str) -> None:
    engine = engine_for(url)
    schema.upgrade(engine)
    engine.dispose()
