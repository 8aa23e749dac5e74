"""Why a promise was put off, as a code; the closed days of a sum, as it was promised.

The cause is told by the history, which names the act of the same instant: no sealed reason is
opened for it. It also names the days that each sum left out, and those that were closed since.

Revises: 0005
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_LOCAL = ZoneInfo("Europe/London")
_SATURDAY = 5
_STARTS = ("log_talk", "talk_corrected")
_OF_MEETINGS = frozenset({"meeting_picked", "meeting_agreed"})

_feedback = sa.table(
    "feedback",
    sa.column("id", sa.String),
    sa.column("answer_by", sa.Date),
    sa.column("answer_not_counted", sa.JSON),
    sa.column("asked_on", sa.Date),
)
_delay = sa.table(
    "delay",
    sa.column("id", sa.String),
    sa.column("feedback_id", sa.String),
    sa.column("promise", sa.String),
    sa.column("said_at", sa.DateTime(timezone=True)),
    sa.column("reason_sealed", sa.LargeBinary),
    sa.column("because", sa.String),
)
_event = sa.table(
    "event",
    sa.column("feedback_id", sa.String),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("number", sa.Integer),
    sa.column("what", sa.String),
    sa.column("facts", sa.JSON),
)


def upgrade() -> None:
    op.add_column("feedback", sa.Column("answer_not_counted", sa.JSON(), nullable=True))
    op.add_column("feedback", sa.Column("asked_on", sa.Date(), nullable=True))
    op.add_column("delay", sa.Column("because", sa.String(length=16), nullable=True))
    _say_why()
    _tell_sums()
    _tell_who_asked()
    with op.batch_alter_table("delay") as table:
        table.alter_column("because", existing_type=sa.String(length=16), nullable=False)


def downgrade() -> None:
    op.drop_column("delay", "because")
    op.drop_column("feedback", "asked_on")
    op.drop_column("feedback", "answer_not_counted")


def _say_why() -> None:
    """Without a reason it is a meeting's; so it is if a meeting was agreed at that very instant."""
    connection = op.get_bind()
    acts: dict[tuple[str, datetime], set[str]] = {}
    for event in _lines(*_OF_MEETINGS, "delayed"):
        acts.setdefault((event.feedback_id, event.at), set()).add(event.what)
    for delay in connection.execute(sa.select(_delay)).all():
        because = "said"
        if delay.promise == "talk":
            then = acts.get((delay.feedback_id, delay.said_at), set())
            if delay.reason_sealed is None:
                because = "meeting_later"
            elif then & _OF_MEETINGS and "delayed" not in then:
                because = "child_picked"
        connection.execute(sa.update(_delay).where(_delay.c.id == delay.id).values(because=because))


def _tell_sums() -> None:
    """Gather the days that each running or ended sum leaves out, as the history tells them."""
    connection = op.get_bind()
    left_out: dict[str, set[str]] = {}
    for event in _lines(*_STARTS, "redated"):
        facts = event.facts or {}
        if event.what in _STARTS and "not_counted" in facts:
            left_out[event.feedback_id] = set(facts["not_counted"])
        elif event.what == "redated" and "answer_by" in facts:
            left_out.setdefault(event.feedback_id, set()).update(_closed_on_the_way(facts))
    running = sa.select(_feedback.c.id).where(_feedback.c.answer_by.is_not(None))
    for id_ in connection.scalars(running).all():
        days = sorted(left_out.get(id_, set()))
        connection.execute(
            sa.update(_feedback).where(_feedback.c.id == id_).values(answer_not_counted=days)
        )


def _closed_on_the_way(facts: dict[str, Any]) -> Iterator[str]:
    """Yield the day that was closed, and the closed weekdays that the answer then passed over."""
    yield facts["closed_day"]
    day = date.fromisoformat(facts["answer_by_before"]) + timedelta(days=1)
    while day < date.fromisoformat(facts["answer_by"]):
        if day.weekday() < _SATURDAY:
            yield day.isoformat()
        day += timedelta(days=1)


def _tell_who_asked() -> None:
    """Keep since when contact is promised to who wanted none at first."""
    connection = op.get_bind()
    for event in _lines("contact_changed"):
        if "contact_by" in (event.facts or {}):
            at = event.at if event.at.tzinfo else event.at.replace(tzinfo=UTC)
            connection.execute(
                sa.update(_feedback)
                .where(_feedback.c.id == event.feedback_id)
                .values(asked_on=at.astimezone(_LOCAL).date())
            )


def _lines(*what: str) -> list[sa.Row[Any]]:
    """Return those lines of every history, the oldest first."""
    wanted = sa.select(_event).where(_event.c.what.in_(what))
    return list(op.get_bind().execute(wanted.order_by(_event.c.at, _event.c.number)))
