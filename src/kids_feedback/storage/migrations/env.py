"""Run migrations on the connection that ``schema.upgrade`` gives."""

from alembic import context
from sqlalchemy import MetaData

from kids_feedback.storage.base import NAMES

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=MetaData(naming_convention=NAMES),  # names the CHECKs of enums
)
with context.begin_transaction():
    context.run_migrations()
