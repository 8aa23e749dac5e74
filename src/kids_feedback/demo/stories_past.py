"""Two half-years of stories that are over, so that there is something to count.

The older one has been released to the board; the newer one waits for the secretary.
"""

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta

from kids_feedback.demo import cast
from kids_feedback.demo.actions import (
    acknowledge,
    allocate,
    approve,
    close,
    deliver,
    no_case,
    pass_on,
    submit,
    talk,
)
from kids_feedback.demo.story import Story, complaint, praise
from kids_feedback.domain.board.half_years import HalfYear
from kids_feedback.domain.case.calendar import WorkingCalendar
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.submission import PassOn, Wish
from kids_feedback.services.casework.contact.contact_log import Channel

_QUIET = timedelta(days=56)  # at the end of a half-year, so that all of it is over by then
_COMPLIMENT, _NOTE = "compliment", "note"

# How many children told us what: complaints by topic, and the rest.
OLDER = {"not_listened": 9, "not_told": 6, "unkind": 5, "unfair": 1, _COMPLIMENT: 11, _NOTE: 10}
NEWER = {"not_told": 10, "not_listened": 7, "unfair": 5, "not_best": 2, _COMPLIMENT: 14, _NOTE: 10}

_FIRST = (
    "Acorn",
    "Bumble",
    "Cricket",
    "Daisy",
    "Ember",
    "Flick",
    "Gale",
    "Hopper",
    "Inky",
    "Jolly",
    "Kite",
    "Lupin",
    "Mallow",
)
_SECOND = ("Applejack", "Brightside", "Cobweb", "Dewdrop", "Elderbush", "Foxglove", "Greenleaf")
_AGES = ("8", "12", "14", "10", "16", "11", "13", "9", "15", "17", "6")
_TOWNS = (
    ("Leicester", cast.MARLOW),
    ("Mansfield", cast.JUNIPER),
    ("Leeds", cast.TANSY),
    ("York", cast.ORLA),
    ("Ilkeston", cast.JUNIPER),
    ("Wakefield", cast.TANSY),
    ("Selby", cast.ORLA),
    ("Hinckley", cast.MARLOW),
    ("Bradford", cast.TANSY),
)
_WORKERS = (cast.BASIL, cast.BRYONY, cast.LINDEN, cast.MAPLE, cast.IRIS, cast.JASPER)
_SAID = {
    "not_listened": "I said it three times and it is not in there once.",
    "not_told": "I found out from somebody else that the day had changed.",
    "unkind": "The way it was said made me feel small.",
    "unfair": "The others got more time than me.",
    "not_best": "It was decided before anyone asked me.",
}
_GOOD = (
    ("kind", "She knew my dog's name the second time."),
    ("listened", "He waited until I had finished."),
    ("told", "I always knew what came next."),
    ("promise", "What we agreed is what happened."),
    ("safe", "I could say it and nothing bad happened."),
)
_SUPPORTERS = ("no", "help_find", "not_sure", "no", "help_find")
_WAYS = (Channel.PHONE, Channel.MEET, Channel.VIDEO)
_ANSWERED_AFTER = (16, 18, 19, 14, 20, 18, 24, 17)  # working days; more than 20 is late
_ANSWER = {
    "sorry": "We are sorry that it was like that for you.",
    "understanding": "You told us what happened, and how it was for you.",
    "wants": "You wanted us to say sorry, and to do it better.",
    "outcome": "We think that you are right.",
    "explanation": "We talked with everybody who was there, and read what was written down.",
    "steps_taken": "We have talked about it with the people who work with you.",
    "none_because": "You told us that it is good now.",
}


def stories(
    half_year: HalfYear,
    counts: Mapping[str, int],
    *,
    base: date,
    calendar: WorkingCalendar,
) -> Iterator[Story]:
    """Yield the stories of a half-year, spread over the days that leave time to end them.

    Args:
        counts: how many there are of each.
        base: the working day from which ``Story.ago`` counts.
    """
    begins = half_year.first + timedelta(days=3)
    days = (half_year.last - _QUIET - begins).days
    mixed = _mixed(counts)
    for number, what in enumerate(mixed):
        day = begins + timedelta(days=days * number // len(mixed))
        yield _story(what, number, ago=calendar.working_days(after=day, upto=base))


def _mixed(counts: Mapping[str, int]) -> list[str]:
    """Return each as often as it is counted, no two of a kind in a row where that can be."""
    places = [
        ((turn + 0.5) / count, what) for what, count in counts.items() for turn in range(count)
    ]
    return [what for _, what in sorted(places)]


def _story(what: str, number: int, *, ago: int) -> Story:
    if what == _COMPLIMENT:
        return _compliment(number, ago)
    if what == _NOTE:
        return _note(number, ago)
    return _complaint(what, number, ago)


def _complaint(topic: str, number: int, ago: int) -> Story:
    town, manager = _TOWNS[number % len(_TOWNS)]
    read_after = 2 if number % 12 == 5 else 1  # two is late
    talked = read_after + 4
    answered = talked + _ANSWERED_AFTER[number % len(_ANSWERED_AFTER)]
    way = _WAYS[number % len(_WAYS)]
    return Story(
        ago=ago,
        at=_hour(number),
        sent=complaint(
            name=_name(number),
            age=_AGES[number % len(_AGES)],
            topics=(topic,),
            happened=_SAID[topic],
            town=town,
            method="here",
            supporter=_SUPPORTERS[number % len(_SUPPORTERS)],
            share="yes" if number % 3 else "no",
        ),
        then=(
            (read_after, acknowledge),
            (read_after, no_case),
            (read_after + 1, allocate(manager)),
            (talked, talk(way, present="The child and me", wants="A sorry.")),
            (answered - 3, submit(**_ANSWER)),
            (answered - 1, approve),
            (answered, deliver(Method.HERE)),
            (answered + 2, close),
        ),
    )


def _compliment(number: int, ago: int) -> Story:
    topic, words = _GOOD[number % len(_GOOD)]
    return Story(
        ago=ago,
        at=_hour(number),
        sent=praise(
            name=_name(number),
            topics=(topic,),
            happened=words,
            worker=_WORKERS[number % len(_WORKERS)],
            pass_on=PassOn.WITH_NAME if number % 2 else PassOn.WITHOUT_NAME,
        ),
        then=((2, pass_on(told=True)),),
    )


def _note(number: int, ago: int) -> Story:
    town, _ = _TOWNS[number % len(_TOWNS)]
    return Story(
        ago=ago,
        at=_hour(number),
        sent=complaint(
            wish=Wish.JUST_KNOW,
            name=_name(number),
            age=_AGES[number % len(_AGES)],
            topics=("something_else",),
            happened="The clock in the waiting room is wrong. It makes the waiting longer.",
            town=town,
        ),
        then=((1, acknowledge), (3, close)),
    )


def _name(number: int) -> str:
    return f"{_FIRST[number % len(_FIRST)]} {_SECOND[number % len(_SECOND)]}"


def _hour(number: int) -> time:
    return time(15 + number % 6, 7 * number % 60)
