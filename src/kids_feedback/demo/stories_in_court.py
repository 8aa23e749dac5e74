"""Stories in which a court must hear of the complaint before the next hearing."""

from kids_feedback.demo import cast
from kids_feedback.demo.actions import (
    about,
    acknowledge,
    allocate,
    attempt,
    hearing,
    talk,
    tell_child,
    tell_court,
)
from kids_feedback.demo.story import Story, complaint
from kids_feedback.services.casework.contact.contact_log import AttemptResult, Channel

STORIES = (
    Story(  # four working days from now: told soon, or late
        ago=8,
        sent=complaint(
            name="Pixel Puddleduck",
            age="13",
            topics=("not_true", "unfair"),
            happened="It says I wrote the letter to the judge with my mum. I wrote it alone, on my "
            "own bed, with the door shut.",
            remedies=("fix",),
            town="Nottingham",
            method="here",
            supporter="known",
            supporter_name="Mr Biro",
            supporter_link="teacher",
            supporter_party="no",
            needs=("plan",),
            share="yes",
        ),
        then=(
            (1, acknowledge),
            (1, hearing(11)),
            (2, allocate(cast.JUNIPER)),
            (
                5,
                talk(
                    Channel.VIDEO,
                    present="Pixel, Mr Biro, and me",
                    wants="The judge to know who wrote the letter.",
                ),
            ),
        ),
    ),
    Story(  # told in time
        ago=12,
        sent=complaint(
            name="Moss Lightfoot",
            age="15",
            topics=("not_listened",),
            happened="I said no to meeting at home. She came to my home.",
            remedies=("sorry", "different_way"),
            worker=cast.JASPER,
            method="phone",
            phone="07700 900557",
            phone_whose="mine",
            phone_when=("evening",),
            phone_else="hang_up",
            phone_message="no",
            supporter="no",
            share="no",
        ),
        then=(
            (1, acknowledge),
            (2, hearing(17)),
            (2, allocate(cast.ORLA)),
            (4, attempt(Channel.PHONE, AttemptResult.NO_ANSWER, next_in=1)),
            (
                6,
                talk(
                    Channel.PHONE,
                    present="Moss and me",
                    wants="To be asked where, every time.",
                ),
            ),
            (8, tell_court),
            (9, tell_child),
        ),
    ),
    Story(  # the hearing was two working days ago, and the court did not know
        ago=15,
        sent=complaint(
            name="Clover Nightingale",
            age="9",
            look="pictures",
            topics=("unkind",),
            happened="He talked to Mummy about me like I was not there.",
            remedies=("sorry", "listen_more"),
            town="Chesterfield",
            method="meet",
            meet_tell="letter",
            letter_where="school",
            letter_address="Nightingale Primary, the front desk",
            letter_opener="other",
            supporter="known",
            supporter_name="Miss Acorn",
            supporter_link="teacher",
            supporter_party="no",
            needs=("easy_words", "quiet"),
            share="yes",
        ),
        then=(
            (1, acknowledge),
            (2, about(cast.IRIS)),
            (3, hearing(10)),
            (3, allocate(cast.MARLOW)),
            (
                8,
                talk(
                    Channel.MEET,
                    present="Clover, Miss Acorn, and me, at school",
                    wants="Him to say sorry, and to talk to Clover first.",
                ),
            ),
        ),
    ),
)
