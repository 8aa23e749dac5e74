"""What would help: a supporter, what the child needs, and whether we may share it."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.submission import NAME_LIMIT
from kids_feedback.web.questions.model import (
    CHECK,
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
    ("teacher", both(_l("Teacher"), _l("Teacher or school staff")), "teacher"),
    ("friend", both(_l("Friend")), "friend"),
    ("grandparent", both(_l("Gran or grandad"), _l("Grandparent")), "grandparent"),
    ("relative", both(_l("Aunt or uncle"), _l("Relative")), "relative"),
    ("advocate", both(_l("Advocate")), "advocate"),
    ("other", both(_l("Someone else")), "someone-else"),
)

PAGES = (
    QuestionPage(
        id="W6",
        number=13,
        title=both(_l("Do you want someone with you?")),
        lead=(
            both(
                _l("Someone you like can come when we talk. They can help you say what you want."),
                _l(
                    "When we talk or meet, you can bring someone. A friend, a teacher, a relative. "
                    "You can change your mind at any time."
                ),
            ),
        ),
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
        after=(
            both(
                "",
                _l(
                    "An advocate can help too. "
                    "An advocate is on your side and helps you say what you want."
                ),
            ),
        ),
        send_now=True,
        then=By("supporter", {"known": "W7", "cafcass": "W7"}, "W8"),
    ),
    QuestionPage(
        id="W7",
        number=14,
        title=both(_l("Who would you like?"), _l("Who would you like with you?")),
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
            Choice(
                name="supporter_party",
                part=_HELPER,
                legend=both(
                    _l("Are they one of the people going to court about you?"),
                    _l("Are they part of your court case?"),
                ),
                hint=both(
                    "",
                    _l(
                        "Most often that means your mum, your dad, "
                        "or someone else asking the judge for something."
                    ),
                ),
                options=options(
                    ("no", both(_l("No")), "no"),
                    ("yes", both(_l("Yes")), "yes"),
                    ("not_sure", both(_l("I'm not sure")), "not-sure"),
                ),
            ),
        ),
        send_now=True,
        then=By("supporter_party", {"yes": "W7x"}, "W8"),
    ),
    QuestionPage(
        id="W7x",
        number=15,
        title=both(_l("Please pick someone else")),
        lead=(
            both(
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
                        sets={
                            "supporter_name": None,
                            "supporter_link": None,
                            "supporter_party": None,
                        },
                    ),
                    Option(
                        code="help_find",
                        label=both(_l("Help me find someone")),
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
    QuestionPage(
        id="W8",
        number=16,
        title=both(_l("What would help you?"), _l("What would make this easier for you?")),
        notices=(
            ("supporter_party", "not_sure", both(_l("That's OK. We will check and tell you."))),
        ),
        lead=(
            both(
                _l("Pick as many as you like."),
                _l("Pick as many as you like. You don't have to say why."),
            ),
        ),
        fields=(
            Choice(
                name="needs",
                many=True,
                options=options(
                    (
                        "language",
                        both(
                            _l("Someone who speaks my language"),
                            _l("An interpreter (someone who speaks my language)"),
                        ),
                        "language-person",
                    ),
                    ("sign", both(_l("Sign language"), _l("British Sign Language")), "sign"),
                    (
                        "easy_words",
                        both(_l("Pictures and easy words"), _l("Easy words and pictures")),
                        "easy-words",
                    ),
                    ("big_print", both(_l("Big print"), _l("Large print")), "big-print"),
                    (
                        "help_reading",
                        both(
                            _l("Help with reading and writing"), _l("Help with reading or writing")
                        ),
                        "help-reading",
                    ),
                    ("quiet", both(_l("A quiet place"), _l("A quiet space")), "quiet"),
                    ("breaks", both(_l("Breaks")), "breaks"),
                    (
                        "step_free",
                        both(_l("A step-free place"), _l("Step-free access")),
                        "step-free",
                    ),
                    (
                        "plan",
                        both(
                            _l("To know what will happen first"),
                            _l("To know what will happen before it happens"),
                        ),
                        "plan",
                    ),
                    ("something_else", both(_l("Something else")), "something-else"),
                    ("nothing", both(_l("Nothing, thank you"), _l("Nothing")), "nothing"),
                ),
            ),
        ),
        skip=True,
        send_now=True,
        then=By("needs", {"language": "W8l"}, "W9"),
    ),
    QuestionPage(
        id="W8l",
        number=17,
        title=both(_l("Which language do you speak?")),
        lead=(
            both(
                _l("We will never ask your family to do this job."),
                _l("We will find someone whose job it is. We will never ask your family."),
            ),
        ),
        fields=(Text(name="needs_language", label=both(_l("Language")), limit=NAME_LIMIT),),
        skip=True,
        send_now=True,
        then="W9",
    ),
    QuestionPage(
        id="W9",
        number=18,
        title=both(
            _l("Can other young people see your words?"),
            _l("Can the young people's board see your words?"),
        ),
        lead=(
            both(
                _l(
                    "A group of young people checks how we treat children. "
                    "They are called the FJYPB."
                ),
                _l(
                    "The Family Justice Young People's Board (FJYPB) checks how we deal with "
                    "complaints. It does this twice a year. "
                    "Its members know what family court is like."
                ),
            ),
            both(
                _l("We take out names first. You can say yes or no. Both are fine."),
                _l("We take out names and places first. If you say no, nothing changes for you."),
            ),
        ),
        fields=(
            Choice(
                name="share",
                options=options(
                    ("yes", both(_l("Yes"), _l("Yes, you can show them my words")), "yes"),
                    ("no", both(_l("No"), _l("No, don't show them my words")), "no"),
                ),
            ),
        ),
        send_now=True,
        then=CHECK,
    ),
)
