"""Which ways children come: with scripts or without, in each look, in each language.

Every errand has them all; in ``make test`` two of them meet on some errand, in ``make test-all``
each errand is run in each look, each language, with scripts and without.
"""

from tests import sample

Way = tuple[bool, str, str]  # scripts run, the look, the language

SCRIPTS = (True, False)
LOOKS = ("words", "pictures")
LANGUAGES = ("en", "ar")
ERRANDS = ("says what was wrong", "says what was good", "other doors", "meets", "the whole way")
_ROWS = sample.rows(errand=ERRANDS, scripts=SCRIPTS, look=LOOKS, language=LANGUAGES)


def to(errand: str) -> list[Way]:
    """Return the ways in which children run this errand, at least two."""
    assert errand in ERRANDS
    return [(scripts, look, language) for item, scripts, look, language in _ROWS if item == errand]
