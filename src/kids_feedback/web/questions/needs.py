"""What would help the child, in which language, and whether the board may see the words."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.submission import NAME_LIMIT
from kids_feedback.web.questions.model import CHECK, By, Choice, QuestionPage, Text, both, options

LANGUAGES = (  # often asked for in the family courts, each by its own name
    ("pl", "Polski"),
    ("ro", "Română"),
    ("ar", "العربية"),
    ("ur", "اردو"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("bn", "বাংলা"),
    ("so", "Soomaali"),
    ("pt", "Português"),
    ("uk", "Українська"),
    ("cy", "Cymraeg"),
)

PAGES = (
    QuestionPage(
        id="W8",
        number=16,
        title=both(_l("What would help you?")),
        notices=(
            ("supporter_party", "not_sure", both(_l("That's OK. We will check and tell you."))),
        ),
        lead=both("", _l("Pick as many as you like.")),
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
        then="W9",
    ),
    QuestionPage(
        id="W9",
        number=18,
        beside=True,
        title=both(_l("Can young people see your words?")),
        lead=both("", _l("We take out names and places first.")),
        after=both(
            _l(
                "We take out names first. Both answers are fine. "
                "These young people check how we treat children."
            ),
            _l(
                "Both answers are fine. The Family Justice Young People's Board (FJYPB) checks how "
                "we deal with complaints. Its members know what family court is like."
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
        then=By("needs", {"language": "W8l"}, CHECK),
    ),
    QuestionPage(
        id="W8l",
        number=17,
        title=both(_l("Which language do you speak?")),
        after=both(
            _l("We will never ask your family to do this job."),
            _l("We will find someone whose job it is. We will never ask your family."),
        ),
        fields=(
            Text(
                name="needs_language",
                label=both(_l("Another language")),
                limit=NAME_LIMIT,
                suggests=LANGUAGES,
            ),
        ),
        skip=True,
        send_now=True,
        then=CHECK,
    ),
)
