"""Leaves for the feedback trees: a child leaves one, the tree shows it, the country counts them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.board.half_years import HalfYear, half_year_of
from kids_feedback.domain.child.leaves import LeafPicture, LeafShape, LeafState
from kids_feedback.domain.errors import NotFound
from kids_feedback.storage.tables.leaves import Leaf
from kids_feedback.storage.tables.people import Office

ON_A_TREE = 60  # leaves


@dataclass(frozen=True, kw_only=True)
class NewLeaf:
    """What a child made."""

    shape: LeafShape
    picture: LeafPicture
    words: str
    public: bool  # it may hang where others see it
    office: str | None  # a code


@dataclass(frozen=True, kw_only=True)
class LeafOnTree:
    """A leaf as everybody sees it."""

    shape: LeafShape
    picture: LeafPicture
    words: str


@dataclass(frozen=True, kw_only=True)
class Tree:
    """The leaves of one office."""

    office: str  # its name
    leaves: tuple[LeafOnTree, ...]


@dataclass(frozen=True, kw_only=True)
class LeafCount:
    """How many leaves were left in one half-year, anywhere."""

    half_year: HalfYear
    left: int
    for_a_tree: int  # the child said that others may see it
    on_a_tree: int


def offices(session: Session) -> tuple[tuple[str, str], ...]:
    """Return every office as (code, name), for a child or a checker to pick from."""
    rows = session.execute(select(Office.code, Office.name).order_by(Office.name, Office.code))
    return tuple((row.code, row.name) for row in rows)


def leave(session: Session, leaf: NewLeaf, key: str, *, today: date) -> None:
    """Keep a leaf, once: the same ``key`` again is the same leaf. An unknown office is none.

    Args:
        key: random, of the form that sends.
        today: local day.
    """
    if session.scalar(select(Leaf.id).where(Leaf.key == key)) is not None:
        return
    known = leaf.office is not None and session.get(Office, leaf.office) is not None
    session.add(
        Leaf(
            office_code=leaf.office if known else None,
            shape=leaf.shape.value,
            picture=leaf.picture.value,
            public=leaf.public,
            state=LeafState.WAITING if leaf.public else LeafState.PRIVATE,
            left_on=today.replace(day=1),
            words=leaf.words or None,
            key=key,
        )
    )
    session.flush()


def tree(session: Session, office_code: str) -> Tree:
    """Return an office's tree: the newest leaves that were let onto it, in no order of time.

    Raises:
        NotFound: no such office.
    """
    office = None if "\0" in office_code else session.get(Office, office_code)
    if office is None:
        raise NotFound
    wanted = (
        select(Leaf)
        .where(Leaf.office_code == office.code, Leaf.state == LeafState.SHOWN)
        .order_by(Leaf.left_on.desc(), Leaf.id)
        .limit(ON_A_TREE)
    )
    rows = sorted(session.scalars(wanted), key=lambda row: row.id)  # ids are random
    return Tree(
        office=office.name,
        leaves=tuple(
            LeafOnTree(
                shape=LeafShape(row.shape), picture=LeafPicture(row.picture), words=row.shown or ""
            )
            for row in rows
        ),
    )


def national(session: Session, *, today: date) -> tuple[LeafCount, ...]:
    """Count the leaves of the whole country by half-years, the present one first.

    Numbers alone: no office, no words.
    """
    rows = session.execute(
        select(Leaf.left_on, Leaf.public, Leaf.state, func.count()).group_by(
            Leaf.left_on, Leaf.public, Leaf.state
        )
    ).all()
    present = half_year_of(today)
    earliest = min((half_year_of(row[0]) for row in rows), default=present)
    counts, half_year = list[LeafCount](), present
    while half_year >= earliest:
        own = [row for row in rows if half_year_of(row[0]) == half_year]
        counts.append(
            LeafCount(
                half_year=half_year,
                left=sum(row[3] for row in own),
                for_a_tree=sum(row[3] for row in own if row[1]),
                on_a_tree=sum(row[3] for row in own if row[2] is LeafState.SHOWN),
            )
        )
        half_year = half_year.before()
    return tuple(counts)
