"""Bringing a database to the newest schema, and knowing whether it is there."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from kids_feedback.storage.base import Base
from kids_feedback.storage.db import migrating
from kids_feedback.storage.encryption import Keys
from kids_feedback.storage.tables import (
    case,
    casework,
    closed_days,
    drawings,
    learning,
    leaves,
    meetings,
    outbox,
    people,
    safety,
    sentinel,
    shared_devices,
    summaries,
    visits,
)

TABLES = (
    casework,
    closed_days,
    shared_devices,
    drawings,
    case,
    leaves,
    learning,
    meetings,
    outbox,
    people,
    safety,
    sentinel,
    summaries,
    visits,
)  # all that Base knows


class NewerDatabase(Exception):
    """The database has had a migration that is not ours: a later version of the program ran."""


def upgrade(engine: Engine, *, to: str = "head", keys: Keys | None = None) -> None:
    """Run the migrations that this database has not had. Safe to run again, and twice at once.

    Args:
        to: the last one to run.
        keys: for a migration that seals what is kept; an empty database needs none.

    Raises:
        NewerDatabase: the database has had one that is not ours.
        CannotOpen: the keys are needed, and are not those of this database. Nothing was changed.
        BrokenReferences: rows of SQLite refer to rows that are not there. Nothing was changed.
        DatabaseUnavailable: the file of SQLite cannot be made.
    """
    with migrating(engine) as connection:
        check_known(connection)
        config = _config()
        config.attributes.update(connection=connection, keys=keys)
        command.upgrade(config, to)


def check_known(connection: Connection) -> None:
    """Let a database pass whose migrations are all ours, even if some are still to come.

    Raises:
        NewerDatabase: it has had one that is not ours.
    """
    had = MigrationContext.configure(connection).get_current_heads()
    if not set(had) <= set(revisions()):
        raise NewerDatabase


def is_newest(connection: Connection) -> bool:
    """Say whether the database has had every migration, and no other."""
    return MigrationContext.configure(connection).get_current_revision() == revisions()[-1]


def revisions() -> tuple[str, ...]:
    """Return the migrations, the oldest first."""
    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return tuple(script.revision for script in scripts)[::-1]


def differences(engine: Engine) -> list[object]:
    """Return what the migrations made otherwise than the models say (CHECKs apart)."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "kids_feedback:storage/migrations")
    return config
