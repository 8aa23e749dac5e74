"""Stories in which the clock runs or has run: talked about, due tomorrow, late, delivered."""

from kids_feedback.demo import cast
from kids_feedback.demo.actions import (
    acknowledge,
    allocate,
    approve,
    delay_notice,
    deliver,
    no_case,
    read_answer,
    read_letter,
    submit,
    talk,
    write,
    write_to_child,
)
from kids_feedback.demo.story import Story, complaint
from kids_feedback.domain.case.contact import Method
from kids_feedback.domain.case.promises import Promise
from kids_feedback.services.casework.contact.contact_log import Channel

THE_WAY_BACK = Story(  # whose secret words are told, so that the way back can be tried
    ago=26,
    key="the-way-of-biscuit",
    sent=complaint(
        name="Biscuit Bluebell",
        age="12",
        topics=("not_listened", "not_true"),
        happened="I said I like going to Dad's on Fridays but not staying over. The report says "
        "I 'like staying with Dad'. That is the opposite bit!",
        remedies=("fix", "sorry", "listen_more"),
        worker=cast.LINDEN,
        method="here",
        supporter="known",
        supporter_name="Miss Marble",
        supporter_link="teacher",
        supporter_party="no",
        needs=("breaks",),
        share="yes",
    ),
    then=(
        (1, acknowledge),
        (1, no_case),
        (2, allocate(cast.MARLOW)),
        (
            3,
            write_to_child(
                "Hello, I am Marlow, and I look into what you told us. I want to hear it from "
                "you. When, and where, would be good for you?"
            ),
        ),
        (4, read_letter),
        (
            5,
            talk(
                Channel.MEET,
                present="Biscuit, Miss Marble, and me, in the music room at school",
                wants="The sentence put right, and somebody to say sorry for it.",
            ),
        ),
        (
            20,
            submit(
                sorry="The report did not say what you told us. That was our mistake. "
                "**We are sorry.**",
                understanding="You told us that you like your Fridays with your dad, and that you "
                "do not want to stay the night. The report said something else.",
                wants="You wanted the sentence put right, and for us to say sorry. You also asked "
                "us to listen better.",
                outcome="You are right. The report does not say what you said.",
                explanation="We read the notes of your talk. They say 'Fridays yes, nights no'. "
                "When the report was typed, the second half was left out.",
                steps_taken="We wrote to the court to put the sentence right, and sent your own "
                "words with it. Your worker has read your complaint with us.",
                steps_to_come="From now on your worker reads the important sentences back to you "
                "before they go into a report. Marlow checks this with you in six weeks.",
            ),
        ),
        (21, approve),
        (22, deliver(Method.HERE)),
        (23, read_answer),
    ),
)

RUNNING = (
    Story(
        ago=10,
        sent=complaint(
            name="Robin Moonbeam",
            age="13",
            topics=("not_told",),
            happened="Nobody told me my worker had left. I waited at the library for an hour.",
            remedies=("sorry", "why"),
            town="Scarborough",
            method="meet",
            meet_tell="here",
            supporter="known",
            supporter_name="Juno",
            supporter_link="friend",
            supporter_party="no",
            needs=("quiet",),
            share="yes",
        ),
        then=(
            (1, acknowledge),
            (1, no_case),
            (2, allocate(cast.ORLA)),
            (
                4,
                write_to_child(
                    "Hello, I am Orla. I am sorry that you waited. Can we talk about it? "
                    "Tell me a day and a place that you like."
                ),
            ),
            (5, read_letter),
            (
                7,
                talk(
                    Channel.MEET,
                    present="Robin, Robin's friend Juno, and me, at the library",
                    wants="A sorry, and to know who comes next before they come.",
                ),
            ),
        ),
    ),
    Story(  # the answer is due on the next working day
        ago=24,
        sent=complaint(
            name="Ziggy Stardrop",
            age="11",
            look="pictures",
            topics=("unfair",),
            happened="My sister got to talk for ages. I got five minits and then it was home time.",
            remedies=("listen_more",),
            worker=cast.CLEMENTINE,
            method="phone",
            phone="07700 900128",
            phone_whose="mine",
            phone_when=("after_school",),
            phone_else="ask",
            phone_message="text",
            supporter="no",
            share="yes",
        ),
        then=(
            (1, acknowledge),
            (2, no_case),
            (3, allocate(cast.JUNIPER)),
            (
                5,
                talk(
                    Channel.PHONE,
                    present="Ziggy and me",
                    wants="A talk of their own, with as much time as the sister had.",
                ),
            ),
            (
                18,
                write(
                    understanding="You told us that your sister had a long talk, and you had five "
                    "minutes.",
                    wants="You want a talk of your own, with enough time.",
                ),
            ),
        ),
    ),
    Story(  # and this one is late, which the child was told
        ago=27,
        sent=complaint(
            name="Marmalade Jones-the-Cat",
            age="15",
            topics=("not_best", "not_listened"),
            happened="Everybody decided I'd move schools in the middle of my exams.",
            remedies=("why", "different_way"),
            town="Huddersfield",
            method="email",
            email="marmalade@nobody-there.example",
            email_shared="no",
            email_says="named",
            supporter="cafcass",
            supporter_name="Maple",
            supporter_link="other",
            supporter_party="no",
            share="yes",
        ),
        then=(
            (1, acknowledge),
            (1, no_case),
            (3, allocate(cast.TANSY)),
            (
                5,
                talk(
                    Channel.VIDEO,
                    present="Marmalade, Maple Stone, and me",
                    wants="To know who decided, and what was said about the exams.",
                ),
            ),
            (22, write(understanding="You told us that you would change schools during exams.")),
            (
                25,
                delay_notice(
                    Promise.ANSWER,
                    ahead=5,
                    why="The teacher who knows about your exams was ill. I talk to her this week, "
                    "and I don't want to write to you before I have.",
                ),
            ),
        ),
    ),
)

STORIES = (THE_WAY_BACK, *RUNNING)
