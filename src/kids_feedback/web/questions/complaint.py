"""Something was wrong: the first door."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.submission import WORDS_LIMIT, Door, Wish
from kids_feedback.web.questions.model import (
    Choice,
    OnOrSend,
    QuestionPage,
    Text,
    both,
    options,
)
from kids_feedback.web.questions.safety import CALM_HELP, SAFE

PAGES = (
    QuestionPage(
        id="K1",
        number=1,
        door=Door.WRONG,
        title=both(_l("What was wrong?"), _l("What is it about?")),
        lead=both(_l("Pick as many as you like.")),
        fields=(
            Choice(
                name="topics",
                many=True,
                options=options(
                    (
                        "unkind",
                        both(
                            _l("My worker was not kind"),
                            _l("How a worker spoke to me or treated me"),
                        ),
                        "unkind",
                    ),
                    (
                        "not_listened",
                        both(_l("Nobody listened to me"), _l("I wasn't listened to")),
                        "not-listened",
                    ),
                    (
                        "not_told",
                        both(
                            _l("I didn't know what was going on"),
                            _l("Nobody told me what was going on"),
                        ),
                        "not-told",
                    ),
                    ("unfair", both(_l("It was not fair"), _l("It wasn't fair")), "unfair"),
                    (
                        "not_true",
                        both(
                            _l("Something you wrote about me is not true"),
                            _l("Something written about me is wrong"),
                        ),
                        "not-true",
                    ),
                    (
                        "not_best",
                        both(
                            _l("You didn't do what was best for me"),
                            _l("It wasn't what was best for me"),
                        ),
                        "not-best",
                    ),
                    (
                        "hard_to_join",
                        both(
                            _l("It was hard to get there or join in"),
                            _l("It was hard to get to, use or join in"),
                        ),
                        "hard-to-join",
                    ),
                    (
                        "language",
                        both(
                            _l("It was not in my language"),
                            _l("It wasn't in a language that works for me"),
                        ),
                        "language",
                    ),
                    ("something_else", both(_l("Something else")), "something-else"),
                    ("not_sure", both(_l("I'm not sure")), "not-sure"),
                ),
            ),
        ),
        skip=True,
        then="K2",
    ),
    QuestionPage(
        id="K2",
        number=2,
        title=both(_l("What happened?")),
        lead=both("", _l("Spelling doesn't matter.")),
        fields=(
            Text(
                name="happened",
                label=both(_l("Say it your way"), _l("Your words")),
                below=both(
                    _l("You can write a lot or a little. Spelling does not matter."),
                    _l(
                        "It can help to say who was there, when it was, and how it made you feel. "
                        "You can leave out what is hard to write, and say it when we talk."
                    ),
                ),
                lines=6,
                limit=WORDS_LIMIT,
            ),
            SAFE,
        ),
        asides=(("draw", both(_l("Draw it"), _l("I'd rather draw it"))),),
        skip=True,
        then="K3",
    ),
    QuestionPage(
        id="K3",
        number=3,
        title=both(_l("What would make it better?"), _l("What would put it right?")),
        lead=both("", _l("Pick as many as you like.")),
        fields=(
            Choice(
                name="remedies",
                many=True,
                options=options(
                    ("sorry", both(_l("Say sorry")), "sorry"),
                    (
                        "why",
                        both(_l("Tell me why"), _l("Explain what happened and why")),
                        "why",
                    ),
                    ("fix", both(_l("Fix a mistake"), _l("Fix a mistake about me")), "fix"),
                    (
                        "listen_more",
                        both(_l("Listen to me more"), _l("Listen to me and write down what I say")),
                        "listen-more",
                    ),
                    (
                        "different_way",
                        both(_l("Do it another way"), _l("Work with me in a different way")),
                        "different-way",
                    ),
                    (
                        "other_worker",
                        both(_l("A different worker"), _l("Let me talk to a different worker")),
                        "other-worker",
                    ),
                    (
                        "others",
                        both(
                            _l("Help other children"),
                            _l("Stop it from happening to someone else"),
                        ),
                        "others",
                    ),
                    ("not_sure", both(_l("I'm not sure yet")), "not-sure"),
                    ("something_else", both(_l("Something else")), "something-else"),
                ),
            ),
            Text(
                name="better",
                label=both(_l("Want to say more?"), _l("Anything to add?")),
                lines=3,
            ),
        ),
        after=both(
            "",
            _l("If we can't do one, we tell you why. We can't change what a judge decides."),
        ),
        notices=CALM_HELP,
        skip=True,
        then="K4",
    ),
    QuestionPage(
        id="K4",
        number=4,
        beside=True,
        title=both(_l("What can we do?"), _l("What do you want us to do?")),
        lead=both(_l("It is OK to complain."), _l("You have a right to complain.")),
        after=both(
            _l('"Look into it" is a complaint. You won\'t be in trouble.'),
            _l("The first one is called a complaint. It won't change how we treat you."),
        ),
        notices=CALM_HELP,
        fields=(
            Choice(
                name="wish",
                options=options(
                    (
                        Wish.LOOK_INTO.value,
                        both(
                            _l("Look into it and write back to me"),
                            _l("Look into it and give me a written answer"),
                        ),
                        "look-into",
                    ),
                    (
                        Wish.JUST_KNOW.value,
                        both(
                            _l("Just know about it"),
                            _l("Just know about it. I don't need an answer"),
                        ),
                        "know",
                    ),
                    (
                        Wish.ASK.value,
                        both(
                            _l("I'm not sure. Please ask me"),
                            _l("I'm not sure. Please talk to me first"),
                        ),
                        "ask",
                    ),
                ),
                must=both(
                    _l("Pick one so we know what to do"), _l("Choose what you want us to do")
                ),
            ),
        ),
        on_or_send=OnOrSend(
            asks=both(
                _l("Tell us how to reach you?"), _l("Do you want to tell us how to reach you?")
            ),
            on=both(_l("Yes")),
            send=both(_l("Later")),
        ),
        then="W1",
    ),
)
