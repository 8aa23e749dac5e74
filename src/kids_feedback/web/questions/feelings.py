"""How I feel: the third door. Feelings are named, never scored."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.submission import WORDS_LIMIT, Door
from kids_feedback.web.questions.model import CHECK, By, Choice, QuestionPage, Text, both, options
from kids_feedback.web.questions.safety import CALM_HELP

PAGES = (
    QuestionPage(
        id="F1",
        number=41,
        door=Door.FEEL,
        title=both(_l("How do you feel about Cafcass?")),
        lead=both("", _l("Pick as many as you like.")),
        fields=(
            Choice(
                name="feelings",
                many=True,
                faces=True,
                options=options(
                    ("happy", both(_l("Happy")), "face-happy"),
                    ("safe", both(_l("Safe")), "face-safe"),
                    ("calm", both(_l("Calm")), "face-calm"),
                    ("ok", both(_l("OK")), "face-ok"),
                    ("mixed_up", both(_l("Mixed up")), "face-mixed-up"),
                    ("worried", both(_l("Worried")), "face-worried"),
                    ("sad", both(_l("Sad")), "face-sad"),
                    ("cross", both(_l("Cross"), _l("Angry")), "face-cross"),
                    ("scared", both(_l("Scared")), "face-scared"),
                    ("not_safe", both(_l("Not safe")), "face-not-safe"),
                    (
                        "not_listened",
                        both(_l("Not listened to"), _l("Ignored")),
                        "face-not-listened",
                    ),
                    ("dont_know", both(_l("I don't know")), "face-dont-know"),
                    ("something_else", both(_l("Something else")), "something-else"),
                ),
            ),
        ),
        skip=True,
        send_now=True,
        then="F2",
    ),
    QuestionPage(
        id="F2",
        number=42,
        title=both(_l("What makes you feel that way?"), _l("What is that about?")),
        lead=both("", _l("Pick as many as you like.")),
        notices=CALM_HELP,
        fields=(
            Choice(
                name="reasons",
                many=True,
                options=options(
                    ("worker", both(_l("My worker")), "worker"),
                    ("talked_about", both(_l("What we talked about")), "talked-about"),
                    ("place", both(_l("The place we met"), _l("Where we met")), "place"),
                    ("court", both(_l("The court")), "court"),
                    ("written", both(_l("What was written about me")), "written"),
                    ("home", both(_l("Something at home")), "home"),
                    ("something_else", both(_l("Something else")), "something-else"),
                    ("dont_know", both(_l("I don't know")), "face-dont-know"),
                ),
            ),
        ),
        skip=True,
        send_now=True,
        then="F3",
    ),
    QuestionPage(
        id="F3",
        number=43,
        title=both(_l("Do you want to tell us more?"), _l("Anything you want to add?")),
        notices=CALM_HELP,
        fields=(
            Text(
                name="happened",
                below=both("", _l("You can write or draw, or leave it there.")),
                lines=6,
                limit=WORDS_LIMIT,
            ),
        ),
        skip=True,
        send_now=True,
        asides=(("draw", both(_l("Draw it"))), ("leaf", both(_l("Make a leaf"), ""))),
        then="F4",
    ),
    QuestionPage(
        id="F4",
        number=44,
        title=both(_l("Do you want to talk to us?")),
        notices=CALM_HELP,
        fields=(
            Choice(
                name="talk",
                options=options(
                    ("yes", both(_l("Yes")), "yes"),
                    ("no", both(_l("No")), "no"),
                    (
                        "not_sure",
                        both(_l("I'm not sure"), _l("I'm not sure. Please ask me")),
                        "not-sure",
                    ),
                ),
            ),
        ),
        after=both("", _l("If you say yes, we will ask how to reach you.")),
        send_now=True,
        then=By("talk", {"yes": "W1", "not_sure": "W1"}, CHECK),
    ),
)
