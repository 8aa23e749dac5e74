"""No string of the catalogue says what was done, or names a day, without a fact behind it."""

from itertools import chain

from tests.web.promises.checker import BOUND
from tests.web.promises.general import GENERAL
from tests.web.promises.reading import catalogue, says_something

LISTED = list(chain.from_iterable(GENERAL.values()))


def test_every_sentence_is_bound_to_its_fact_or_says_none_for_a_reason() -> None:
    unbound = {text for text in catalogue() if says_something(text)} - BOUND.keys() - set(LISTED)
    assert not unbound, "bind these in tests/web/promises:\n" + "\n".join(sorted(unbound))


def test_nothing_is_listed_that_nobody_says_or_twice() -> None:
    assert not (BOUND.keys() | set(LISTED)) - catalogue()
    assert len(LISTED) == len(set(LISTED))
    assert not BOUND.keys() & set(LISTED)
