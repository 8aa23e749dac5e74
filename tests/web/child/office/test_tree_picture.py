"""Where leaves hang in the picture of a feedback tree. Nothing but numbers."""

import pytest

from kids_feedback.domain.child.leaves import LeafShape
from kids_feedback.services.feedback_tree.leaves import ON_A_TREE
from kids_feedback.web.child.office.tree_picture import hanging


@pytest.mark.parametrize("leaves", [0, 1, 12, 13, ON_A_TREE, ON_A_TREE + 5])
def test_each_leaf_has_a_place_of_its_own(leaves: int) -> None:
    hung = hanging([LeafShape.OAK] * leaves)
    assert len({(leaf.x, leaf.y) for leaf in hung}) == min(leaves, ON_A_TREE)


def test_a_leaf_more_leaves_the_others_where_they_are() -> None:
    before, after = (hanging([LeafShape.HEART] * leaves) for leaves in (20, 21))
    assert set(before) < set(after)


@pytest.mark.parametrize("leaves", [6, 12, 30, ON_A_TREE])
def test_leaves_hang_on_both_sides(leaves: int) -> None:
    hung = hanging([LeafShape.MAPLE] * leaves)
    left = sum(leaf.x < 0 for leaf in hung)
    assert leaves / 3 <= left <= leaves * 2 / 3


def test_no_leaf_lies_on_the_ground() -> None:
    assert all(leaf.y < -90 for leaf in hanging([LeafShape.WILLOW] * ON_A_TREE))
