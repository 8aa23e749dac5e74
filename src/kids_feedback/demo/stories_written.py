"""Stories whose answer is written: being checked, sent back, approved; and some that are over."""

from kids_feedback.demo import cast
from kids_feedback.demo.actions import (
    acknowledge,
    allocate,
    approve,
    attempt,
    close,
    deliver,
    no_case,
    send_back,
    submit,
    talk,
)
from kids_feedback.demo.story import Story, complaint
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.submission import Wish
from kids_feedback.services.casework.contact.contact_log import AttemptResult, Channel

_ANSWER = {
    "sorry": "So many people were there, and nobody asked you. We are sorry.",
    "understanding": "You told us that the room was full of people, and that nobody said who they "
    "were or why they were there.",
    "wants": "You wanted us to say sorry, and to do it in another way next time.",
    "outcome": "We agree. Too many people were there, and you were not asked.",
    "explanation": "We spoke with everybody who was in the room. Two of them need not have come.",
    "steps_taken": "We told the office that a child is asked first who may be there.",
    "steps_to_come": "Before your next meeting, your worker sends you a list with faces and names, "
    "at least three days ahead.",
}
_TALKED = (
    5,
    talk(
        Channel.MEET,
        present="The child, somebody they brought, and me",
        wants="A sorry, and no surprises next time.",
    ),
)

CHECKING = (
    Story(
        ago=21,
        sent=complaint(
            name="Sunny Puddle",
            age="8",
            look="pictures",
            topics=("hard_to_join", "not_told"),
            happened="There was lots of grown ups in the room. I did not no who they was.",
            remedies=("sorry", "different_way"),
            worker=cast.JASPER,
            method="letter",
            letter_where="by_hand",
            letter_opener="not_sure",
            supporter="known",
            supporter_name="Nana Button",
            supporter_link="grandparent",
            supporter_party="no",
            needs=("easy_words", "big_print"),
            share="yes",
        ),
        then=(
            (1, acknowledge),
            (1, no_case),
            (2, allocate(cast.ORLA)),
            _TALKED,
            (20, submit(**_ANSWER)),
        ),
    ),
    Story(
        ago=22,
        sent=complaint(
            name="Fern Fiddlesticks",
            age="14",
            topics=("unkind",),
            happened="I was called 'dramatic' in front of my foster carer.",
            remedies=("sorry",),
            town="Worksop",
            method="here",
            supporter="no",
            share="yes",
        ),
        then=(
            (1, acknowledge),
            (2, no_case),
            (2, allocate(cast.JUNIPER)),
            _TALKED,
            (18, submit(**(_ANSWER | {"outcome": "Your complaint is not upheld."}))),
            (19, send_back("Please say it in words that Fern would use, and say why.")),
        ),
    ),
    Story(
        ago=23,
        sent=complaint(
            name="Starling Skylark",
            age="13",
            topics=("not_told",),
            happened="I didn't know strangers would be in the meeting.",
            remedies=("sorry", "others"),
            town="Whitby",
            method="email",
            email="starling@nobody-there.example",
            email_shared="no",
            email_says="bare",
            supporter="no",
            share="yes",
        ),
        then=(
            (1, acknowledge),
            (1, no_case),
            (2, allocate(cast.ORLA)),
            _TALKED,
            (20, submit(**_ANSWER)),
            (22, approve),
        ),
    ),
)

DONE = (
    Story(
        ago=33,
        sent=complaint(
            name="Dandelion Clock",
            age="10",
            look="pictures",
            topics=("not_told",),
            happened="They all had badges but I could not reed them.",
            remedies=("different_way",),
            town="Newark",
            method="phone",
            phone="07700 900699",
            phone_whose="carer",
            phone_when=("any_time",),
            phone_else="say",
            phone_message="yes",
            supporter="known",
            supporter_name="Grandad Toffee",
            supporter_link="grandparent",
            supporter_party="no",
            share="yes",
        ),
        then=(
            (1, acknowledge),
            (2, no_case),
            (2, allocate(cast.JUNIPER)),
            (4, attempt(Channel.PHONE, AttemptResult.ANOTHER_TIME, next_in=1)),
            _TALKED,
            (20, submit(**_ANSWER)),
            (22, approve),
            (23, deliver(Method.HERE)),
            (26, close),
        ),
    ),
    Story(  # asked to be asked, and then only wanted it known
        ago=9,
        sent=complaint(
            wish=Wish.ASK,
            name="Nettle",
            age="16",
            topics=("something_else",),
            happened="The waiting room has one chair and it's next to my stepdad.",
            town="Leeds",
            method="phone",
            phone="07700 900204",
            phone_whose="mine",
            phone_when=("evening",),
            phone_else="hang_up",
            phone_message="text",
            supporter="no",
        ),
        then=(
            (1, acknowledge),
            (2, allocate(cast.TANSY)),
            (
                4,
                talk(
                    Channel.PHONE,
                    present="Nettle and me",
                    wants="More chairs. No letter, thank you.",
                    still_wants=False,
                ),
            ),
        ),
    ),
)

STORIES = (*CHECKING, *DONE)
