"""About you: the name, the age, the worker and the town."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.submission import NAME_LIMIT
from kids_feedback.web.questions.model import (
    Choice,
    QuestionPage,
    Text,
    both,
    options,
)

_AGES = tuple((str(age), both(str(age))) for age in range(4, 18))

PAGES = (
    QuestionPage(
        id="W1",
        number=5,
        title=both(_l("What should we call you?")),
        after=both(
            _l("You can give a made-up name. Or leave it empty."),
            _l(
                "First name, nickname or a made-up name. You can leave it empty. "
                "But then it may be hard to find your case and put things right."
            ),
        ),
        fields=(Text(name="name", limit=NAME_LIMIT, part="name"),),
        skip=True,
        send_now=True,
        then="W2",
    ),
    QuestionPage(
        id="W2",
        number=6,
        beside=True,
        skip=True,
        title=both(_l("How old are you?")),
        lead=both("", _l("It helps us talk to you in the right way.")),
        after=both("", _l("We count ages in groups, so no one can pick you out.")),
        fields=(
            Choice(
                name="age",
                options=options(
                    *_AGES,
                    ("18", both(_l("18 or over"))),
                    ("not_said", both(_l("I don't want to say")), "not-said"),
                ),
            ),
        ),
        send_now=True,
        then="W3",
    ),
    QuestionPage(
        id="W3",
        number=7,
        beside=True,
        title=both(_l("Who do you see from Cafcass?"), _l("Who is your Cafcass worker?")),
        after=both(
            _l("Say their name, if you know it. This helps us find the right manager."),
            _l(
                "This helps us find the right manager. "
                "We keep what you write away from anyone it may be about."
            ),
        ),
        fields=(
            Text(name="worker", hint=both("", _l("Their name, if you know it")), limit=NAME_LIMIT),
            Text(
                name="town",
                label=both(_l("Or the town you live in"), _l("Your town or city")),
                limit=NAME_LIMIT,
            ),
        ),
        earlier=(
            Choice(
                name="worker_unknown", many=True, options=options(("yes", both(_l("I don't know"))))
            ),
        ),
        skip=True,
        send_now=True,
        then="W4",
    ),
)
