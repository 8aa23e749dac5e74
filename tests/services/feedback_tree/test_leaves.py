"""A child leaves a leaf; somebody checks it; the tree shows it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kids_feedback.domain.case.engine import Situation, open_steps
from kids_feedback.domain.case.route.routes import LEAF
from kids_feedback.domain.child.leaves import LeafFact, LeafPicture, LeafShape, LeafState, LeafStep
from kids_feedback.domain.errors import EditConflict, NotFound
from kids_feedback.domain.people import Role
from kids_feedback.services.errors import Incomplete
from kids_feedback.services.feedback_tree import leaf_checks, leaves
from kids_feedback.services.feedback_tree.leaf_checks import NotForTheTree, NotTheWords
from kids_feedback.services.feedback_tree.leaves import LeafCount, LeafOnTree, NewLeaf
from kids_feedback.storage.tables.leaves import Leaf
from kids_feedback.storage.tables.people import PersonRow
from tests.make import NOW, a_leaf, a_person, an_office, person_of

MONDAY = date(2026, 3, 2)
WORDS = "Sam was kind to me"


def a_new_leaf(**changed: Any) -> NewLeaf:
    plain: dict[str, Any] = {
        "shape": LeafShape.MAPLE,
        "picture": LeafPicture.SUN,
        "words": WORDS,
        "public": True,
        "office": "eastham",
    }
    return NewLeaf(**{**plain, **changed})


def customer_service(db: Session) -> PersonRow:
    return a_person(db, "Cleo", role=Role.CUSTOMER_SERVICE)


def words_on(db: Session, office: str = "eastham") -> set[str]:
    return {leaf.words for leaf in leaves.tree(db, office).leaves}


@pytest.mark.parametrize("state", [LeafState.WAITING, LeafState.PRIVATE])
def test_a_leaf_is_on_no_tree_before_somebody_checked_it(db: Session, state: LeafState) -> None:
    an_office(db)
    public = state is LeafState.WAITING
    leaves.leave(db, a_new_leaf(public=public), "key", today=MONDAY)
    row = db.scalars(select(Leaf)).one()
    assert (row.state, row.words, row.left_on) == (state, WORDS, MONDAY.replace(day=1))
    assert words_on(db) == set()


def test_a_double_tap_leaves_one_leaf(db: Session) -> None:
    an_office(db)
    for _ in range(2):
        leaves.leave(db, a_new_leaf(), "key", today=MONDAY)
    assert db.scalar(select(func.count()).select_from(Leaf)) == 1


def test_an_office_that_is_none_is_left_out(db: Session) -> None:
    leaves.leave(db, a_new_leaf(office="nowhere"), "key", today=MONDAY)
    assert db.scalars(select(Leaf)).one().office_code is None


def test_a_checker_hangs_a_leaf_with_a_name_hidden(db: Session) -> None:
    manager = a_person(db, "Max", role=Role.LOCAL_MANAGER)
    leaf = a_leaf(db, words=WORDS)
    shown = "… was kind to me"
    leaf_checks.hang(db, leaf.id, person_of(manager), seen=0, shown=shown, now=NOW)
    assert leaves.tree(db, "eastham").leaves == (
        LeafOnTree(shape=LeafShape.OAK, picture=LeafPicture.SUN, words=shown),
    )
    found = leaf_checks.details(db, leaf.id, person_of(manager))
    assert [(decision.who, decision.at, decision.state) for decision in found.checks] == [
        ("Max", NOW, LeafState.SHOWN)
    ]
    assert found.words == WORDS


def test_a_checker_does_not_change_what_a_child_said(db: Session) -> None:
    checker, leaf = person_of(customer_service(db)), a_leaf(db, words=WORDS)
    with pytest.raises(NotTheWords):
        leaf_checks.hang(db, leaf.id, checker, seen=0, shown="All were kind to me", now=NOW)
    assert words_on(db) == set()


def test_what_a_child_kept_private_never_hangs(db: Session) -> None:
    checker = person_of(customer_service(db))
    leaf = a_leaf(db, words=WORDS, public=False, state=LeafState.PRIVATE)
    with pytest.raises(NotForTheTree):
        leaf_checks.hang(db, leaf.id, checker, seen=0, shown=WORDS, now=NOW)


def test_a_leaf_comes_off_the_tree_again_and_both_decisions_are_kept(db: Session) -> None:
    checker, leaf = person_of(customer_service(db)), a_leaf(db, words=WORDS)
    leaf_checks.hang(db, leaf.id, checker, seen=0, shown=WORDS, now=NOW)
    later = NOW + timedelta(hours=1)
    leaf_checks.keep_private(db, leaf.id, checker, seen=1, now=later)
    assert words_on(db) == set()
    found = leaf_checks.details(db, leaf.id, checker)
    assert [decision.state for decision in found.checks] == [LeafState.SHOWN, LeafState.PRIVATE]
    assert found.shown == ""


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("state", LeafState, ids=str)
def test_what_is_decided_is_what_the_table_says(
    db: Session, state: LeafState, *, public: bool
) -> None:
    checker = person_of(customer_service(db))
    facts = frozenset({LeafFact.PUBLIC} if public else ())
    here = Situation(kind="leaf", stage=state, facts=facts)
    may = open_steps(LEAF, here, Role.CUSTOMER_SERVICE)
    hung = a_leaf(db, words=WORDS, public=public, state=state)
    if LeafStep.HANG in may:
        leaf_checks.hang(db, hung.id, checker, seen=0, shown=WORDS, now=NOW)
        assert hung.state == LeafState.SHOWN
    else:
        with pytest.raises(NotForTheTree):
            leaf_checks.hang(db, hung.id, checker, seen=0, shown=WORDS, now=NOW)
        assert hung.state == state
    kept = a_leaf(db, words=WORDS, public=public, state=state)
    assert LeafStep.KEEP_PRIVATE in may
    leaf_checks.keep_private(db, kept.id, checker, seen=0, now=NOW)
    assert kept.state == LeafState.PRIVATE


def test_another_table_is_another_check(db: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the table's two lines lead to each other's stage, so do the decisions."""
    hang, keep = LEAF.transitions
    swapped = (replace(hang, leads_to=keep.leads_to), replace(keep, leads_to=hang.leads_to))
    monkeypatch.setattr(leaf_checks, "LEAF", replace(LEAF, transitions=swapped))
    checker, leaf = person_of(customer_service(db)), a_leaf(db, words=WORDS)
    leaf_checks.keep_private(db, leaf.id, checker, seen=0, now=NOW)
    later = NOW + timedelta(hours=1)
    leaf_checks.hang(db, leaf.id, checker, seen=1, shown=WORDS, now=later)
    checks = leaf_checks.details(db, leaf.id, checker).checks
    assert [decision.state for decision in checks] == [LeafState.SHOWN, LeafState.PRIVATE]


def test_a_leaf_begins_where_its_table_does(db: Session) -> None:
    for number, public in enumerate((True, False)):
        leaves.leave(db, a_new_leaf(public=public), f"key {number}", today=MONDAY)
    assert {row.state for row in db.scalars(select(Leaf))} == LEAF.begins


def test_of_two_checkers_the_second_notices(db: Session) -> None:
    checker, leaf = person_of(customer_service(db)), a_leaf(db, words=WORDS)
    leaf_checks.keep_private(db, leaf.id, checker, seen=0, now=NOW)
    with pytest.raises(EditConflict):
        leaf_checks.hang(db, leaf.id, checker, seen=0, shown=WORDS, now=NOW)


def test_a_leaf_without_an_office_waits_for_customer_service_to_pick_one(db: Session) -> None:
    an_office(db)
    manager = person_of(a_person(db, role=Role.LOCAL_MANAGER))
    checker, leaf = person_of(customer_service(db)), a_leaf(db, office=None, words=WORDS)
    assert leaf_checks.listed(db, manager, LeafState.WAITING).leaves == ()
    with pytest.raises(Incomplete):
        leaf_checks.hang(db, leaf.id, checker, seen=0, shown=WORDS, now=NOW)
    leaf_checks.hang(db, leaf.id, checker, seen=0, shown=WORDS, office="eastham", now=NOW)
    assert words_on(db) == {WORDS}


@pytest.mark.parametrize(
    ("role", "offices"),
    [
        (Role.CUSTOMER_SERVICE, {"Eastham", "Eastby", "Westham"}),
        (Role.HEAD_OF_PRACTICE, {"Eastham", "Eastby"}),
        (Role.LOCAL_MANAGER, {"Eastham"}),
        (Role.BOARD_SECRETARY, set()),
    ],
)
def test_each_checks_the_leaves_of_their_offices(
    db: Session, role: Role, offices: set[str]
) -> None:
    person = person_of(a_person(db, role=role))
    for code, area in (("eastham", "east"), ("eastby", "east"), ("westham", "west")):
        leaf = a_leaf(db, office=code, area=area, words=code)
        if code.title() not in offices:
            with pytest.raises(NotFound):
                leaf_checks.details(db, leaf.id, person)
            with pytest.raises(NotFound):
                leaf_checks.keep_private(db, leaf.id, person, seen=0, now=NOW)
    lot = leaf_checks.listed(db, person, LeafState.WAITING)
    assert {leave.office for leave in lot.leaves} == offices
    assert lot.counts[LeafState.WAITING] == len(offices)


def test_a_tree_shows_the_newest_sixty_in_an_order_that_tells_no_day(db: Session) -> None:
    days = [MONDAY + timedelta(days=number) for number in range(70)]
    for number, day in enumerate(days):
        a_leaf(db, words=str(number), shown=str(number), state=LeafState.SHOWN, left_on=day)
    a_leaf(db, office="westham", area="west", shown="elsewhere", state=LeafState.SHOWN)
    hung = [int(leaf.words) for leaf in leaves.tree(db, "eastham").leaves]
    assert sorted(hung) == list(range(10, 70))
    assert hung not in (sorted(hung), sorted(hung, reverse=True))
    assert hung == [int(leaf.words) for leaf in leaves.tree(db, "eastham").leaves]


@pytest.mark.parametrize("code", ["nowhere", "east\0ham"])
def test_no_office_no_tree(db: Session, code: str) -> None:
    an_office(db)
    with pytest.raises(NotFound):
        leaves.tree(db, code)


def test_an_id_that_no_database_can_look_for_is_nobody(db: Session) -> None:
    with pytest.raises(NotFound):
        leaf_checks.details(db, "a\0b", person_of(customer_service(db)))


def test_the_country_counts_its_leaves_by_half_years(db: Session) -> None:
    a_leaf(db, left_on=date(2025, 4, 1))
    a_leaf(db, left_on=date(2026, 1, 1), state=LeafState.SHOWN)
    a_leaf(db, left_on=date(2026, 3, 2), office=None)
    a_leaf(db, left_on=date(2026, 3, 2), public=False, state=LeafState.PRIVATE)
    assert [numbers(leaf) for leaf in leaves.national(db, today=MONDAY)] == [
        ("2025-10", 3, 2, 1),
        ("2025-04", 1, 1, 0),
    ]


def test_a_country_without_leaves_says_so(db: Session) -> None:
    assert [numbers(leaf) for leaf in leaves.national(db, today=MONDAY)] == [("2025-10", 0, 0, 0)]


def numbers(count: LeafCount) -> tuple[str, int, int, int]:
    return (count.half_year.code, count.left, count.for_a_tree, count.on_a_tree)
