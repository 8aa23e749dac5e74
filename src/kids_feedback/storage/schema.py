"""Bringing a database to the newest schema, and knowing whether it is there."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from kids_feedback.storage import (
    cases,
    closed_days,
    devices,
    drawings,
    feedback,
    leaves,
    listening,
    meetings,
    outbox,
    people,
    promises,
    sentinel,
    summaries,
    visits,
)
from kids_feedback.storage.base import Base

TABLES = (
    cases,
    closed_days,
    devices,
    drawings,
    feedback,
    leaves,
    listening,
    meetings,
    outbox,
    people,
    promises,
    sentinel,
    summaries,
    visits,
)  # all that Base knows


def upgrade(engine: Engine) -> None:
    """Run the migrations that this database has not had. Safe to run again."""
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_newest(connection: Connection) -> bool:
    """Say whether the database has had every migration."""
    current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory.from_config(_config()).get_current_head()


def differences(engine: Engine) -> list[object]:
    """Return what the migrations made otherwise than the models say (CHECKs apart)."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "kids_feedback:storage/migrations")
    return config
