"""The migrations make what the models say, on both databases, forwards and back."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect
from sqlalchemy.orm import Session

from kids_feedback import storage
from kids_feedback.storage import schema
from kids_feedback.storage.base import Base
from kids_feedback.storage.db import Transactions, engine_for
from kids_feedback.storage.people import Area
from tests.make import an_area


@pytest.fixture
def bare(bare_database_url: str) -> Iterator[Engine]:
    """A database without any table."""
    engine = engine_for(bare_database_url)
    yield engine
    engine.dispose()


def test_the_migrations_make_what_the_models_say(transactions: Transactions) -> None:
    assert schema.differences(transactions.engine) == []


def test_the_migrations_make_every_check_of_the_models(
    transactions: Transactions, bare: Engine
) -> None:
    """Alembic does not compare CHECKs, so both ways of making them are looked at."""
    Base.metadata.create_all(bare)
    by_models = checks(bare)
    assert by_models["feedback"]["ck_feedback_clock_needs_a_talk"], "the inspection sees CHECKs"
    assert checks(transactions.engine) == by_models


def test_an_upgrade_may_run_again_and_keeps_what_is_there(
    transactions: Transactions, db: Session
) -> None:
    an_area(db, "east")
    db.commit()
    schema.upgrade(transactions.engine)
    with transactions.reading() as session:
        assert schema.is_newest(session.connection())
        assert session.get(Area, "east") is not None


def test_a_database_without_tables_is_known_to_be_old(bare: Engine) -> None:
    with bare.connect() as connection:
        assert not schema.is_newest(connection)
    schema.upgrade(bare)
    with bare.connect() as connection:
        assert schema.is_newest(connection)


def test_every_migration_can_be_taken_back_and_made_again(bare: Engine) -> None:
    schema.upgrade(bare)
    downgrade(bare)
    assert inspect(bare).get_table_names() == ["alembic_version"]
    schema.upgrade(bare)
    assert schema.differences(bare) == []


def test_the_comparison_knows_every_file_of_tables() -> None:
    """A file that ``schema`` forgets would never be compared."""
    assert {module for module in storage_modules() if has_tables(module)} == set(schema.TABLES)


def checks(engine: Engine) -> dict[str, dict[str, str]]:
    """Return each table's CHECKs by name, as the database itself words them."""
    inspector = inspect(engine)
    return {
        table: {str(check["name"]): check["sqltext"] for check in found}
        for (_, table), found in inspector.get_multi_check_constraints().items()
        if table != "alembic_version"
    }


def downgrade(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", "kids_feedback:storage/migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")


def storage_modules() -> list[ModuleType]:
    names = [info.name for info in iter_modules(storage.__path__) if not info.ispkg]
    return [import_module(f"kids_feedback.storage.{name}") for name in names]


def has_tables(module: ModuleType) -> bool:
    return any(mapper.class_.__module__ == module.__name__ for mapper in Base.registry.mappers)
