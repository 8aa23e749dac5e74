"""Stories that have only begun: just sent, read, given to a manager, not yet talked about."""

from kids_feedback.demo import cast
from kids_feedback.demo.actions import (
    acknowledge,
    allocate,
    attempt,
    no_case,
    not_in_case_file,
    route,
    write_to_child,
)
from kids_feedback.demo.story import Story, complaint
from kids_feedback.domain.case.submission import Wish
from kids_feedback.services.casework.contact.contact_log import AttemptResult, Channel

NEW = (
    Story(
        ago=0,
        sent=complaint(
            name="Bramble",
            age="9",
            look="pictures",
            topics=("not_listened", "not_told"),
            happened="I told my worker I wanted to see my gran. "
            "She did not rite it down. Nobody asked me agen.",
            remedies=("listen_more", "sorry"),
            town="Hinckley",
            method="here",
            supporter="known",
            supporter_name="Mrs Pocket",
            supporter_link="teacher",
            supporter_party="no",
            needs=("easy_words", "breaks"),
            share="yes",
        ),
    ),
    Story(
        ago=0,
        sent=complaint(
            name="Captain Custard",
            age="14",
            topics=("unkind", "unfair"),
            happened="He rolled his eyes when I talked about my brother 🙄 and said "
            "\"we've been over this\". We hadn't. It was the first time I said it out loud.",
            remedies=("sorry", "other_worker"),
            better="I don't want him sacked. I just want him to hear the whole thing once.",
            worker=cast.BRYONY,
            method="phone",
            phone="07700 900471",
            phone_whose="mine",
            phone_when=("after_school",),
            phone_else="hang_up",
            phone_message="text",
            supporter="not_sure",
            share="yes",
        ),
    ),
    Story(
        ago=0,
        sent=complaint(
            wish=Wish.ASK,
            name="Pip",
            age="7",
            look="pictures",
            topics=("not_sure",),
            happened="the lady came and then she dint come back",
            method="here",
            supporter="help_find",
            needs=("easy_words", "help_reading", "plan"),
        ),
    ),
    Story(
        ago=2,
        sent=complaint(
            name="Comet",
            age="16",
            topics=("not_true",),
            happened="My report says I 'declined to engage'. I had a maths exam that day and I "
            "emailed to say so. I can show you the email.",
            remedies=("fix", "why"),
            town="Mansfield",
            method="email",
            email="comet@nobody-there.example",
            email_shared="no",
            email_says="named",
            supporter="no",
            needs=("nothing",),
            share="yes",
        ),
    ),
)

READ = (
    Story(
        ago=2,
        sent=complaint(
            name="Willow Whirligig",
            age="12",
            topics=("hard_to_join",),
            happened="The meeting was upstairs and the lift was broken. I sat in the corridor with "
            "my chair while everyone else was up there talking about me.",
            remedies=("sorry", "others"),
            worker=cast.LINDEN,
            method="meet",
            meet_tell="email",
            email="willow@nobody-there.example",
            email_shared="not_sure",
            email_says="bare",
            supporter="cafcass",
            supporter_name="Iris, from the Derby office",
            supporter_link="other",
            supporter_party="no",
            needs=("step_free", "plan"),
            share="yes",
        ),
        then=((1, acknowledge),),
    ),
    Story(
        ago=5,
        sent=complaint(
            language="cy",
            name="Enfys Fach",
            age="11",
            topics=("language", "not_listened"),
            happened="Roedd y llythyr yn Saesneg i gyd. Rydw i'n gallu siarad Saesneg, "
            "ond Cymraeg ydw i pan dw i'n drist.",
            remedies=("different_way", "others"),
            worker=cast.MAPLE,
            method="letter",
            letter_where="school",
            letter_address="The office, Ysgol Enfys, Harrogate",
            letter_opener="me",
            supporter="known",
            supporter_name="Taid",
            supporter_link="grandparent",
            supporter_party="no",
            needs=("language",),
            needs_language="Cymraeg",
            share="yes",
        ),
        then=(
            (1, acknowledge),
            (2, allocate(cast.TANSY)),
            (3, attempt(Channel.LETTER, AttemptResult.SENT, next_in=5)),
        ),
    ),
    Story(
        ago=6,
        sent=complaint(
            language="ar",
            name="قمر الحكايات",
            age="13",
            topics=("language", "not_told"),
            happened="جاءت العاملة بدون مترجم. طلبوا من أخي أن يترجم لي، وأنا لا أريد أن يعرف أخي "
            "كل شيء. لم أقل ما أردت أن أقوله.",
            remedies=("other_worker", "listen_more"),
            town="Leicester",
            method="here",
            supporter="help_find",
            needs=("language", "quiet"),
            needs_language="العربية",
            share="no",
        ),
        then=(
            (1, acknowledge),
            (1, no_case),
            (1, allocate(cast.MARLOW)),
            (
                3,
                write_to_child(
                    "Hello, I am Marlow. I have asked somebody who speaks Arabic to help us talk. "
                    "When would be good for you?"
                ),
            ),
        ),
    ),
)

GIVEN = (
    Story(
        ago=3,
        sent=complaint(
            name="Tumbleweed",
            age="15",
            topics=("not_told", "unfair"),
            happened="Court was moved twice and both times I found out from my cousin.",
            remedies=("why", "others"),
            town="Bradford",
            method="phone",
            phone="07700 900862",
            phone_whose="carer",
            phone_when=("weekend",),
            phone_time="Saturday, between 2 and 4, when I am at football",
            phone_else="ask",
            phone_message="no",
            supporter="no",
        ),
        then=((1, acknowledge), (1, no_case), (2, allocate(cast.TANSY))),
    ),
    Story(
        ago=6,
        sent=complaint(
            name="Otter Brook",
            age="10",
            look="pictures",
            topics=("unkind",),
            happened="She laughed at my drawing. It was of my house.",
            remedies=("sorry",),
            worker=cast.IRIS,
            method="phone",
            phone="07700 900315",
            phone_whose="other",
            phone_when=("evening",),
            phone_else="say",
            phone_message="yes",
            supporter="known",
            supporter_name="Auntie Pebble",
            supporter_link="relative",
            supporter_party="not_sure",
            needs=("quiet", "breaks"),
            share="yes",
        ),
        then=(
            (1, acknowledge),
            (1, no_case),
            (1, allocate(cast.MARLOW)),
            (3, attempt(Channel.PHONE, AttemptResult.NO_ANSWER, next_in=1)),
            (
                4,
                attempt(
                    Channel.PHONE,
                    AttemptResult.LEFT_MESSAGE,
                    next_in=3,
                    note="Try after six o'clock.",
                ),
            ),
        ),
    ),
    Story(
        ago=7,
        sent=complaint(
            name="Echo",
            age="17",
            topics=("not_best", "not_listened"),
            happened="I asked to stay at my college. The report was written before anyone asked. "
            "I don't want a phone call. I want you to write it down and mean it.",
            remedies=("why", "listen_more"),
            town="Derby",
            method="none",
            supporter="no",
            share="yes",
        ),
        then=(
            (1, acknowledge),
            (2, allocate(cast.JUNIPER)),
            (4, not_in_case_file("Nobody of that age in the cases of Derby has that name.")),
        ),
    ),
)

# Who a child complains about is never shown it, and by default neither is their line manager: here
# that leaves nobody in the area, so customer service sends it to the other one.
CONFLICT = (
    Story(
        ago=3,
        sent=complaint(
            name="Sky Lanternjack",
            age="16",
            topics=("unkind", "unfair"),
            happened="I complained last year and the manager told my worker everything I said.",
            remedies=("sorry", "different_way"),
            worker=cast.MARLOW,
            method="email",
            email="sky@nobody-there.example",
            email_shared="no",
            email_says="bare",
            supporter="help_find",
            share="no",
        ),
        then=(
            (1, route(cast.COSMO, "yorkshire")),
            (2, acknowledge),
            (2, no_case),
            (3, allocate(cast.ORLA)),
        ),
    ),
)

STORIES = (*NEW, *READ, *GIVEN, *CONFLICT)
