"""Compliments, and notes from children who want somebody to know and nothing more."""

from kids_feedback.demo import cast
from kids_feedback.demo.actions import acknowledge, close, pass_on
from kids_feedback.demo.story import Story, complaint, praise
from kids_feedback.domain.case.submission import PassOn, Wish

COMPLIMENTS = (
    Story(
        ago=0,
        sent=praise(
            name="Sunbeam",
            look="pictures",
            topics=("kind", "listened"),
            happened="Clementine lissend with her hole face. 🌞",
            worker=cast.CLEMENTINE,
            pass_on=PassOn.WITH_NAME,
        ),
    ),
    Story(
        ago=2,
        sent=praise(
            topics=("promise", "told"),
            happened="He said he'd ring on Thursday at 4 and he rang on Thursday at 4.",
            worker=cast.JASPER,
            pass_on=PassOn.WITHOUT_NAME,
        ),
    ),
    Story(  # the day by which it was to be passed on has gone by
        ago=5,
        sent=praise(
            language="cy",
            name="Seren",
            topics=("kind",),
            happened="Diolch am ddysgu dweud fy enw i'n iawn.",
            worker=cast.MAPLE,
            pass_on=PassOn.WITH_NAME,
        ),
    ),
    Story(
        ago=6,
        sent=praise(
            language="ar",
            name="نجمة",
            topics=("safe", "told"),
            happened="شرحت لي كل شيء بهدوء، وشعرت بالأمان.",
            worker=cast.BASIL,
            pass_on=PassOn.WITH_NAME,
        ),
        then=((2, pass_on(told=True, note="Read out to Basil, who smiled all day.")),),
    ),
    Story(
        ago=9,
        sent=praise(
            topics=("place",),
            happened="The beanbags in the Derby office are good. Please keep the beanbags.",
            worker=cast.IRIS,
            pass_on=PassOn.NO,
        ),
        then=((3, pass_on(told=False)),),
    ),
)

NOTES = (
    Story(
        ago=0,
        sent=complaint(
            wish=Wish.JUST_KNOW,
            name="Puddle",
            age="6",
            look="pictures",
            topics=("hard_to_join",),
            happened="The dor is to hevy.",
            town="Halifax",
        ),
    ),
    Story(
        ago=8,
        sent=complaint(
            wish=Wish.JUST_KNOW,
            name="Jiggle Jellybean",
            age="12",
            topics=("language",),
            happened="The leaflet says 'proceedings' eleven times. I counted.",
            town="Loughborough",
            share="yes",
        ),
        then=((1, acknowledge), (4, close)),
    ),
)

STORIES = (*COMPLIMENTS, *NOTES)
