"""A leaf for the feedback tree, and how the office was today."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.child.leaves import LEAF_LIMIT, LeafPicture, LeafShape, Tap
from kids_feedback.web.questions.model import Both, Choice, Field, Text, both, options

ON_THE_TREE, JUST_FOR_US = "tree", "us"

SHAPE = Choice(
    name="shape",
    legend=both(_l("Pick a leaf")),
    options=options(
        (LeafShape.OAK.value, both(_l("Oak")), "leaf-oak"),
        (LeafShape.MAPLE.value, both(_l("Maple")), "leaf-maple"),
        (LeafShape.WILLOW.value, both(_l("Willow")), "leaf-willow"),
        (LeafShape.HEART.value, both(_l("Heart")), "leaf-heart"),
    ),
)
PICTURE = Choice(
    name="picture",
    legend=both(_l("Pick a picture"), _l("Add a picture, if you like")),
    options=options(
        (LeafPicture.SUN.value, both(_l("Sun")), "sun"),
        (LeafPicture.RAIN.value, both(_l("Rain")), "rain"),
        (LeafPicture.STAR.value, both(_l("Star")), "star"),
        (LeafPicture.CLOUD.value, both(_l("Cloud")), "cloud"),
        (LeafPicture.EAR.value, both(_l("Ear")), "ear"),
        (LeafPicture.NONE.value, both(_l("None")), "no-picture"),
    ),
)
WORDS = Text(
    name="words",
    label=both(_l("Say something short"), _l("Your words, up to 120 letters")),
    lines=3,
    limit=LEAF_LIMIT,
)
LEAF: tuple[Field, ...] = (SHAPE, PICTURE, WORDS)
WHERE = Choice(
    name="where",
    options=options(
        (
            ON_THE_TREE,
            both(
                _l("On the tree, for all to see"),
                _l("On the tree, where other people can see it"),
            ),
            "on-tree",
        ),
        (JUST_FOR_US, both(_l("Just for Cafcass"), _l("Just for Cafcass to read")), "for-us"),
    ),
    must=both(_l("Pick where your leaf can go")),
)
_TAPS = options(
    (Tap.YES.value, both(_l("Yes")), "yes"),
    (Tap.A_BIT.value, both(_l("A bit")), "a-bit"),
    (Tap.NO.value, both(_l("No")), "no"),
)
TODAY: tuple[Choice, ...] = (
    Choice(name="friendly", legend=both(_l("Was it friendly?")), options=_TAPS),
    Choice(
        name="greeted",
        legend=both(_l("Did someone say hello to you?"), _l("Were you greeted?")),
        options=_TAPS,
    ),
    Choice(name="on_time", legend=both(_l("Did it start on time?")), options=_TAPS),
)
WHOSE_TREE = both(_l("Which office do you go to?"), _l("Which office is the tree in?"))
WHICH_OFFICE = both(_l("Which office was it?"))


def office_of_tree(offices: Iterable[tuple[str, str]]) -> Choice:
    """Return the offices whose tree it may be, for where the screen does not know."""
    return _office(both(_l("I don't know")), offices)


def office_visited(offices: Iterable[tuple[str, str]]) -> Choice:
    """Return the offices of which one was visited, for where the screen does not know."""
    return _office(both(_l("Pick an office")), offices, must=both(_l("Pick which office it was")))


def _office(first: Both, offices: Iterable[tuple[str, str]], *, must: Both | None = None) -> Choice:
    named = ((code, both(name)) for code, name in offices)
    return Choice(name="office", options=options(("", first), *named), listed=True, must=must)
