"""Something was good: the second door."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.submission import NAME_LIMIT, Door, PassOn
from kids_feedback.web.questions.model import CHECK, Choice, QuestionPage, Text, both, options

GOOD_LIMIT = 2_000  # characters

PAGES = (
    QuestionPage(
        id="P1",
        number=31,
        door=Door.GOOD,
        title=both(_l("What was good?"), _l("What went well?")),
        lead=both(_l("Pick as many as you like.")),
        fields=(
            Choice(
                name="topics",
                many=True,
                options=options(
                    ("kind", both(_l("My worker was kind"), _l("The way I was spoken to")), "kind"),
                    (
                        "listened",
                        both(_l("They listened to me"), _l("I was listened to")),
                        "listened",
                    ),
                    (
                        "told",
                        both(
                            _l("They told me what was going on"),
                            _l("I was told what was going on"),
                        ),
                        "told",
                    ),
                    (
                        "promise",
                        both(
                            _l("They kept their promise"),
                            _l("They did what they said they would"),
                        ),
                        "promise",
                    ),
                    ("safe", both(_l("I felt safe")), "safe"),
                    ("place", both(_l("The place was nice"), _l("The place we met")), "place"),
                    ("something_else", both(_l("Something else")), "something-else"),
                ),
            ),
        ),
        skip=True,
        send_now=True,
        then="P2",
    ),
    QuestionPage(
        id="P2",
        number=32,
        title=both(_l("Tell us more")),
        lead=both("", _l("What did they do? Why did it matter?")),
        fields=(
            Text(
                name="happened",
                label=both(_l("Write it"), _l("Your words")),
                lines=5,
                limit=GOOD_LIMIT,
            ),
            Text(
                name="worker",
                label=both(_l("Who was it? You can leave this empty")),
                limit=NAME_LIMIT,
            ),
        ),
        skip=True,
        send_now=True,
        asides=(
            ("draw", both(_l("Draw it"))),
            ("leaf", both(_l("Make a leaf"), _l("Make a leaf for our feedback tree"))),
        ),
        then="P3",
    ),
    QuestionPage(
        id="P3",
        number=33,
        title=both(_l("Can we tell them what you said?"), _l("Can we pass this on to them?")),
        fields=(
            Choice(
                name="pass_on",
                options=options(
                    (
                        PassOn.WITH_NAME.value,
                        both(_l("Yes, and say it was me"), _l("Yes, and you can say it was me")),
                        "with-name",
                    ),
                    (
                        PassOn.WITHOUT_NAME.value,
                        both(_l("Yes, but don't say my name"), _l("Yes, but don't say who I am")),
                        "without-name",
                    ),
                    (PassOn.NO.value, both(_l("No")), "no"),
                ),
            ),
            Text(
                name="name",
                label=both(_l("Your name, if you want to say it")),
                limit=NAME_LIMIT,
                part="name",
            ),
        ),
        after=both(
            "",
            _l(
                "We will tell a manager and keep a note of it. That helps us do more of what works."
            ),
        ),
        then=CHECK,
    ),
)
