"""The queue of staff and the board's figures, over ever more complaints that are closed."""

import re
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from statistics import median
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import ColumnElement, Engine, func, insert, literal, select, true
from tests.make import NOW, a_complaint, a_person, a_visit

from benchmarks import site
from benchmarks.figures import Figure, Size, Unreadable
from kids_feedback.domain.board.half_years import half_year_of
from kids_feedback.domain.case.procedure import Stage
from kids_feedback.domain.people import Role
from kids_feedback.services.board import summaries
from kids_feedback.services.reading import queue
from kids_feedback.storage.db import Transactions, engine_for
from kids_feedback.storage.encryption import Keys
from kids_feedback.storage.tables.case import Case
from kids_feedback.web.rendering.figure_sentences import TOPIC_CODES

_WAITING = 200  # in the area, whatever lies behind them: four pages
_ORIGINALS = 50  # closed ones, of which the rest are copies
_ORIGINAL = "original-"  # what the key of its form begins with
_PATH = "/staff/queue"
_CASE = re.compile(r"/case/([\w-]{22})")
_TABLE = Case.metadata.tables[Case.__tablename__]


def complaints(size: Size) -> Iterator[Figure]:
    """Measure the first page of the queue at each number of rows, and the figures at the last."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/many.sqlite3"
        staff = site.made(url, now=lambda: NOW).test_client()
        engine = engine_for(url)
        transactions = Transactions(engine, Keys({1: site.KEY}, newest=1))
        staff.set_cookie("id", _begin(transactions))
        costs = []
        for rows in size.rows:
            _fill(engine, rows)
            costs.append(_cost(staff, max(1, size.rounds // 3)))
            yield from _queue(rows, costs[-1], staff)
        yield Figure(
            what=f"the same at {size.rows[-1]:,} to {size.rows[0]:,}",
            value=costs[-1] / costs[0],
            unit="times",
            most=1.3,
        )
        yield _summary(transactions, size.rows[-1])
        engine.dispose()


def _queue(rows: int, cost: float, staff: FlaskClient) -> Iterator[Figure]:
    what = f"the queue of {_WAITING} among {rows:,} complaints"
    page = staff.get(_PATH, headers={"Accept-Encoding": "br"})
    if page.content_encoding != "br":
        raise Unreadable("compression", _PATH)
    yield Figure(what=f"{what}: CPU", value=1000 * cost, unit="ms", most=10)
    yield Figure(what=f"{what}: bytes", value=len(page.data), most=20_000, counted=True)


def _cost(staff: FlaskClient, rounds: int) -> float:
    """Return the CPU seconds of the page, once it has been opened before."""
    page = staff.get(_PATH).text
    if len(set(_CASE.findall(page))) != queue.PAGE:
        raise Unreadable("line for each child", _PATH)
    costs = []
    for _ in range(rounds):
        started = time.process_time()
        staff.get(_PATH)
        costs.append(time.process_time() - started)
    return median(costs)


def _summary(transactions: Transactions, rows: int) -> Figure:
    upto = half_year_of(NOW.date())
    started = time.perf_counter()
    with transactions.reading() as db:
        preview = summaries.prepare(
            db, upto, today=upto.last + timedelta(days=30), topics=TOPIC_CODES, smallest=5
        )
    took = time.perf_counter() - started
    if not preview.enough:
        raise Unreadable("figure", "the half-year's summary")
    return Figure(what=f"the half-year's figures over {rows:,}", value=took, unit="s", most=1)


def _begin(transactions: Transactions) -> str:
    """Add what waits, and the originals of what is closed; return the cookie of who looks."""
    day = NOW.date()
    with transactions() as db:
        head = a_person(db, "Hana Head", role=Role.HEAD_OF_PRACTICE)
        for number in range(_WAITING):
            a_complaint(db, received_at=NOW - timedelta(days=number % 20), name=f"Robin {number}")
        for number in range(_ORIGINALS):
            talked = day - timedelta(days=20 + number)
            a_complaint(
                db,
                key=f"{_ORIGINAL}{number}",
                statement={"happened": "It was not fair. " * 20, "wish": "look_into"},
                received_at=NOW - timedelta(days=30 + number),
                primary_topic=TOPIC_CODES[number % len(TOPIC_CODES)],
                stage=Stage.CLOSED,
                acknowledged_on=talked - timedelta(days=9),
                talk_on=talked,
                delivered_on=talked + timedelta(days=10 + number),
                closed_on=day,
            )
        return a_visit(db, person=head.id)


def _fill(engine: Engine, rows: int) -> None:
    """Copy the closed originals until there are so many rows; nobody opens the copies."""
    with engine.begin() as connection:
        there = connection.scalar(select(func.count()).select_from(_TABLE)) or 0
        counted = select(literal(1).label("number")).cte(recursive=True)
        times = -(-(rows - there) // _ORIGINALS)
        numbers = counted.union_all(select(counted.c.number + 1).where(counted.c.number < times))
        copies = (
            select(*(_copied(column) for column in _TABLE.c))
            .select_from(_TABLE.join(numbers, true()))
            .where(_TABLE.c.key.startswith(_ORIGINAL))
        )
        if rows > there:
            connection.execute(insert(_TABLE).from_select(list(_TABLE.c.keys()), copies))


def _copied(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return what a copy has there. What is sealed opens in no other row; it weighs as much."""
    name = str(column.key)
    if name in ("id", "key"):
        return func.lower(func.hex(func.randomblob(11)))
    if name == "fingerprint":
        return func.randomblob(32)
    return column
