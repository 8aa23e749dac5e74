"""Who comes with the child when we talk."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.submission import NAME_LIMIT
from kids_feedback.web.questions.contact import REACHED
from kids_feedback.web.questions.model import (
    By,
    Choice,
    Option,
    QuestionPage,
    Text,
    both,
    options,
)

_HELPER = "helper"
_LINKS = options(
    ("teacher", both(_l("Teacher")), "teacher"),
    ("friend", both(_l("Friend")), "friend"),
    ("grandparent", both(_l("Gran or grandad")), "grandparent"),
    ("relative", both(_l("Aunt or uncle")), "relative"),
    ("advocate", both(_l("Advocate")), "advocate"),
    ("other", both(_l("Someone else")), "someone-else"),
)

PAGES = (
    QuestionPage(
        id="W6",
        number=13,
        beside=True,
        title=both(_l("Want someone with you?")),
        lead=both("", _l("A friend, a teacher, a relative.")),
        fields=(
            Choice(
                name="supporter",
                part=_HELPER,
                options=options(
                    ("known", both(_l("Yes, I know who")), "supporter-yes"),
                    (
                        "cafcass",
                        both(
                            _l("Yes, someone I know at Cafcass"),
                            _l("Yes, someone I already know at Cafcass"),
                        ),
                        "supporter-worker",
                    ),
                    (
                        "help_find",
                        both(
                            _l("Yes, but help me find someone"),
                            _l("Yes, but please help me find someone"),
                        ),
                        "help-find",
                    ),
                    ("no", both(_l("No, thank you"), _l("No")), "supporter-no"),
                    ("not_sure", both(_l("I'm not sure"), _l("I'm not sure yet")), "not-sure"),
                ),
            ),
        ),
        after=both(
            _l("They can help you say what you want."),
            _l(
                "You can change your mind at any time. An advocate can help too. "
                "An advocate is on your side and helps you say what you want."
            ),
        ),
        send_now=True,
        then=REACHED,
    ),
    QuestionPage(
        id="W7",
        number=14,
        title=both(_l("Who is it?")),
        fields=(
            Text(
                name="supporter_name",
                part=_HELPER,
                label=both(_l("Their name")),
                limit=NAME_LIMIT,
            ),
            Choice(
                name="supporter_link",
                part=_HELPER,
                legend=both(_l("Who are they to you?"), _l("How do you know them?")),
                options=_LINKS,
            ),
        ),
        skip=True,
        send_now=True,
        then="W7p",
    ),
    QuestionPage(
        id="W7p",
        number=22,
        title=both(_l("Are they in your court case?"), _l("Are they part of your court case?")),
        after=both(
            _l("Most often that is your mum or your dad."),
            _l(
                "Most often that means your mum, your dad, "
                "or someone else asking the judge for something."
            ),
        ),
        fields=(
            Choice(
                name="supporter_party",
                part=_HELPER,
                options=(
                    Option(  # and whom they pick instead is asked anew
                        code="yes",
                        label=both(_l("Yes")),
                        icon="yes",
                        sets={"supporter_instead": None},
                    ),
                    Option(code="no", label=both(_l("No")), icon="no"),
                    Option(code="not_sure", label=both(_l("I'm not sure")), icon="not-sure"),
                ),
            ),
        ),
        skip=True,
        send_now=True,
        then=By("supporter_party", {"yes": "W7x"}, "W8"),
    ),
    QuestionPage(
        id="W7x",
        number=15,
        title=both(_l("Please pick someone else")),
        after=both(
            _l(
                "People in the court case can't come to this talk. "
                "That keeps it fair and safe for you."
            ),
            _l(
                "People who are part of the court case can't be in this meeting. "
                "It keeps it fair, and lets you speak freely. "
                "You have not done anything wrong."
            ),
        ),
        fields=(
            Choice(
                name="supporter_instead",
                part=_HELPER,
                buttons=True,
                options=(
                    Option(
                        code="again",
                        label=both(_l("Pick someone else"), _l("Choose someone else")),
                        icon="again",
                        sets={
                            "supporter_name": None,
                            "supporter_link": None,
                            "supporter_party": None,
                        },
                    ),
                    Option(
                        code="help_find",
                        label=both(_l("Help me find someone")),
                        icon="help-find",
                        sets={
                            "supporter": "help_find",
                            "supporter_name": None,
                            "supporter_link": None,
                            "supporter_party": None,
                        },
                    ),
                    Option(
                        code="alone",
                        label=both(_l("I'll come on my own")),
                        icon="alone",
                        sets={
                            "supporter": "no",
                            "supporter_name": None,
                            "supporter_link": None,
                            "supporter_party": None,
                        },
                    ),
                ),
            ),
        ),
        then=By("supporter_instead", {"again": "W7"}, "W8"),
    ),
)
