"""What a child ticked before there were alarms, and nobody has decided, becomes one."""

from sqlalchemy import Engine, text

from kids_feedback.storage import schema
from kids_feedback.storage.db import engine_for
from tests.conftest import KEYS
from tests.storage import filled

TICKED = "SELECT count(*) FROM feedback WHERE read_today AND closed_on IS NULL"
BOTH = "SELECT count(*) FROM alarm JOIN feedback ON feedback.id = alarm.feedback_id"


def count(engine: Engine, query: str) -> int:
    with engine.connect() as connection:
        found: int = connection.execute(text(query)).scalar_one()
        return found


def test_what_was_ticked_and_is_open_becomes_an_alarm(bare_database_url: str) -> None:
    engine = engine_for(bare_database_url)
    schema.upgrade(engine, to="0013")
    filled.fill(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE feedback SET closed_on = NULL WHERE key LIKE '1%'"))
    ticked = count(engine, TICKED)
    assert ticked
    schema.upgrade(engine, keys=KEYS)
    assert count(engine, TICKED) == ticked == count(engine, BOTH)
    assert count(engine, f"{BOTH} WHERE read_today AND next_round_at IS NOT NULL") == ticked
    assert not count(engine, TICKED.replace("IS NULL", "IS NOT NULL"))
    engine.dispose()
