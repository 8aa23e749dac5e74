"""A service in which every table that seals something has a row, made by the real acts."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from kids_feedback.domain.board.half_years import HalfYear
from kids_feedback.domain.case.procedure import Step
from kids_feedback.domain.case.requests import Asked
from kids_feedback.domain.child.leaves import LeafState
from kids_feedback.domain.people import Role
from kids_feedback.services.board import versions
from kids_feedback.services.child import replies, requests
from kids_feedback.storage.base import Base
from kids_feedback.storage.db import Transactions
from kids_feedback.storage.encryption import Sealed
from kids_feedback.storage.tables.case import PersonComplainedAbout
from kids_feedback.storage.tables.casework import Talk
from kids_feedback.storage.tables.drawings import Drawing
from kids_feedback.storage.tables.people import PersonRow
from tests.make import NOW, a_leaf, a_message, a_person, person_of
from tests.services.acts import a_childs_act, a_head, a_manager, an_act
from tests.services.lives import LIVES
from tests.services.presses import CHILD, HEAD, MANAGER, Press
from tests.services.presses_of_requests import ELSEWHERE
from tests.web.board import releases

NONE_OF_OURS = bytes([1]) * 40  # where a row has nothing: as if there were, and nobody can read it

PLACES: Mapping[str, Table] = {
    f"{mapper.local_table.name}.{item.column}": mapper.local_table
    for mapper in Base.registry.mappers
    for item in vars(mapper.class_).values()
    if isinstance(item, Sealed) and isinstance(mapper.local_table, Table)
}
# What tells why nobody can read it in a place of its own, or in none.
NO_PAGE = {
    "message.to_sealed": "the worker marks the message as one that cannot go",
    "person.totp_sealed": "signing in says that something cannot be read",
    "sentinel.text_sealed": "/readyz says no to the key",
    "visit.state_sealed": "it is no visit",
    "answer.how_sealed": "the history shows it, out of its own line",
    "answer_change.how_sealed": "the history shows it, out of its own line",
    "drawing.png_sealed": "the picture alone is missing",
    "alarm.note_sealed": "the history shows it, out of its own line",
    "hearing.reason_sealed": "the history shows it, out of its own line",
    "rating.words_sealed": "they are shown once enough children have rated",
}


def a_whole_world(db: Session) -> dict[str, str]:
    """Add it, and return what the addresses of its pages name."""
    head, manager = a_head(db), a_manager(db, "Zora Manager")
    customer = a_person(db, "Cora Care", role=Role.CUSTOMER_SERVICE)
    people = {HEAD: head, MANAGER: manager}
    whole = LIVES["a complaint"]
    met = whole.presses.index(next(press for press in whole.presses if press.step is Step.OFFER))
    first = _lived(db, people, whole.presses[: met + 1])
    second = _lived(db, people, whole.presses)
    requests.ask_for(a_childs_act(db, second), Asked.WAY, ELSEWHERE)
    replies.rate(a_childs_act(db, second), {"listened": "yes"}, "Be kind.")
    worker = a_person(db, "Wilma Worker", role=None)
    db.add(PersonComplainedAbout(case_id=second, person_id=worker.id))
    db.add(Drawing(case_id=second, png=b"a picture"))
    leaf = a_leaf(db, state=LeafState.SHOWN, shown="They were kind to me")
    db.add(a_message(db, "robin@example.org"))
    manager.totp = "SECRET"
    releases.came_in(db, complaints=40, compliments=40)
    releases.release(db, NOW)
    ends, secretary = HalfYear.from_code(releases.CODE), a_person(db, role=Role.BOARD_SECRETARY)
    versions.take_back(db, ends, person_of(secretary), number=1, why="A trial.", now=NOW)
    db.flush()
    return {
        "first": first,
        "second": second,
        "leaf_id": leaf.id,
        "code": releases.CODE,
        "talk_id": db.scalars(select(Talk.id).where(Talk.struck_on.is_(None))).first() or "",
        "drawing_id": db.scalars(select(Drawing.id)).one(),
        "head": head.id,
        "manager": manager.id,
        "customer": customer.id,
        "secretary": secretary.id,
    }


def _lived(db: Session, people: dict[str, PersonRow], presses: Sequence[Press]) -> str:
    whole = LIVES["a complaint"]
    row = whole.begin(db, **whole.columns)
    for press in presses:
        if press.by == CHILD:
            press.act(a_childs_act(db, row.id, press.on))
        else:
            press.act(an_act(db, row.id, person_of(people[press.by]), press.on))
    return row.id


def spoil(transactions: Transactions, place: str) -> int:
    """Change one bit of that column in every row, which no key opens then; return in how many."""
    table, column = PLACES[place], place.partition(".")[2]
    with transactions() as db:
        rows = db.execute(select(table.c.id, table.c[column])).all()
        for row_id, kept in rows:
            spoilt = kept[:-1] + bytes([kept[-1] ^ 1]) if kept else NONE_OF_OURS
            db.execute(update(table).where(table.c.id == row_id).values({column: spoilt}))
    return len(rows)
