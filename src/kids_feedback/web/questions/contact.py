"""How to reach the child, and how to do it safely."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.contact import Method
from kids_feedback.web.questions.model import By, Choice, QuestionPage, Text, both, options

_PART = "contact"
_SAFE_TO = {
    "phone": "W5p",
    "letter": "W5l",
    "email": "W5e",
}
SUPPORTED = By("supporter", {"known": "W7", "cafcass": "W7"}, "W8")  # after how to reach the child
REACHED = By("method", {**_SAFE_TO, "meet": "W5m"}, SUPPORTED)

PAGES = (
    QuestionPage(
        id="W4",
        number=8,
        title=both(_l("How should we talk to you?"), _l("How should we reach you?")),
        lead=both("", _l("Pick what is safest for you.")),
        fields=(
            Choice(
                name="method",
                part=_PART,
                options=options(
                    (Method.PHONE.value, both(_l("On the phone"), _l("Phone")), "phone"),
                    (Method.LETTER.value, both(_l("In a letter"), _l("Letter")), "letter"),
                    (Method.EMAIL.value, both(_l("By email"), _l("Email")), "email"),
                    (Method.MEET.value, both(_l("Face to face"), _l("Meet in person")), "meet"),
                    (
                        Method.HERE.value,
                        both(
                            _l("Here, with my secret words"),
                            _l("Only on this website, with my secret words"),
                        ),
                        "screen",
                    ),
                    (
                        Method.NONE.value,
                        both(_l("Please don't get in touch"), _l("Please don't contact me")),
                        "none",
                    ),
                ),
            ),
        ),
        send_now=True,
        then="W6",
    ),
    QuestionPage(
        id="W5m",
        number=9,
        title=both(_l("Let's meet. How do we tell you?")),
        after=both(
            _l("We offer you some days and places. You pick."),
            _l("A manager offers you some times and places, and you choose."),
        ),
        fields=(
            Choice(
                name="meet_tell",
                part=_PART,
                options=options(
                    (Method.PHONE.value, both(_l("Ring me"), _l("Phone")), "phone"),
                    (Method.LETTER.value, both(_l("Send a letter"), _l("Letter")), "letter"),
                    (Method.EMAIL.value, both(_l("Email me"), _l("Email")), "email"),
                    (
                        Method.HERE.value,
                        both(
                            _l("I will look here with my secret words"),
                            _l("I'll check here with my secret words"),
                        ),
                        "screen",
                    ),
                ),
            ),
        ),
        send_now=True,
        then=By("meet_tell", _SAFE_TO, SUPPORTED),
    ),
    QuestionPage(
        id="W5p",
        number=10,
        title=both(_l("Can we ring you?")),
        fields=(
            Text(
                name="phone",
                part=_PART,
                label=both(_l("Your phone number"), _l("Phone number")),
                limit=30,
                kind="tel",
            ),
            Choice(
                name="phone_when",
                part=_PART,
                many=True,
                legend=both(_l("When is a good time?"), _l("When is it safe to ring?")),
                options=options(
                    ("after_school", both(_l("After school")), "after-school"),
                    ("evening", both(_l("In the evening"), _l("Evenings")), "evening"),
                    ("weekend", both(_l("At the weekend"), _l("Weekends")), "weekend"),
                    ("any_time", both(_l("Any time")), "any-time"),
                ),
            ),
            Text(
                name="phone_time",
                part=_PART,
                label=both(_l("A time you want to tell us"), _l("Another time: write it here")),
                limit=100,
            ),
        ),
        skip=True,
        send_now=True,
        then="W5q",
    ),
    QuestionPage(
        id="W5q",
        number=19,
        title=both(_l("Whose phone is it?")),
        fields=(
            Choice(
                name="phone_whose",
                part=_PART,
                options=options(
                    ("mine", both(_l("Mine")), "mine"),
                    (
                        "carer",
                        both(_l("My mum's, dad's or carer's"), _l("A parent's or carer's")),
                        "carers",
                    ),
                    ("other", both(_l("Someone else's")), "someone-elses"),
                ),
            ),
            Choice(
                name="phone_else",
                part=_PART,
                legend=both(
                    _l("If someone else answers, what do we do?"), _l("If someone else picks up")
                ),
                options=options(
                    (
                        "say",
                        both(_l("Say who you are"), _l("You can say it's Cafcass")),
                        "say-cafcass",
                    ),
                    (
                        "ask",
                        both(
                            _l("Just ask for me"),
                            _l("Just ask for me. Don't say where you're from"),
                        ),
                        "just-ask",
                    ),
                    (
                        "hang_up",
                        both(_l("Don't speak. Try again later"), _l("Hang up and try later")),
                        "hang-up",
                    ),
                ),
            ),
            Choice(
                name="phone_message",
                part=_PART,
                legend=both(_l("Can we leave a message or text?")),
                options=options(
                    ("yes", both(_l("Yes")), "yes"),
                    ("text", both(_l("Text only")), "text"),
                    ("no", both(_l("No")), "no"),
                ),
            ),
        ),
        skip=True,
        send_now=True,
        then=SUPPORTED,
    ),
    QuestionPage(
        id="W5l",
        number=11,
        title=both(_l("Where can we send a letter?"), _l("Where is it safe to send a letter?")),
        fields=(
            Choice(
                name="letter_where",
                part=_PART,
                options=options(
                    ("home", both(_l("My home")), "home"),
                    ("school", both(_l("My school"), _l("My school or college")), "school"),
                    ("office", both(_l("A Cafcass office. I will pick it up")), "office"),
                    (
                        "by_hand",
                        both(
                            _l("Give it to my worker to give to me"),
                            _l("By hand, from someone at Cafcass"),
                        ),
                        "by-hand",
                    ),
                    ("other", both(_l("Somewhere else")), "somewhere-else"),
                ),
            ),
            Text(
                name="letter_address",
                part=_PART,
                label=both(_l("Write the place here"), _l("Address or name of the place")),
                lines=3,
            ),
        ),
        skip=True,
        send_now=True,
        then="W5k",
    ),
    QuestionPage(
        id="W5k",
        number=20,
        title=both(_l("Who opens your letters?"), _l("Might someone else open it?")),
        fields=(
            Choice(
                name="letter_opener",
                part=_PART,
                options=options(
                    ("me", both(_l("Me"), _l("No")), "me"),
                    ("other", both(_l("A grown-up"), _l("Yes")), "grown-up"),
                    ("not_sure", both(_l("I'm not sure"), _l("Not sure")), "not-sure"),
                ),
            ),
        ),
        after=both(
            _l("We use a plain envelope."),
            _l("We use a plain envelope with no logo. Think about who might see it."),
        ),
        skip=True,
        send_now=True,
        then=SUPPORTED,
    ),
    QuestionPage(
        id="W5e",
        number=12,
        title=both(_l("What is your email?"), _l("What is your email address?")),
        fields=(Text(name="email", part=_PART, limit=254, kind="email"),),
        skip=True,
        send_now=True,
        then="W5f",
    ),
    QuestionPage(
        id="W5f",
        number=21,
        title=both(_l("Does anyone else read your email?")),
        fields=(
            Choice(
                name="email_shared",
                part=_PART,
                options=options(
                    ("yes", both(_l("Yes")), "yes"),
                    ("no", both(_l("No")), "no"),
                    ("not_sure", both(_l("I'm not sure"), _l("Not sure")), "not-sure"),
                ),
            ),
            Choice(
                name="email_says",
                part=_PART,
                legend=both(_l("What can it say?"), _l("What can our email say?")),
                options=options(
                    (
                        "bare",
                        both(_l("Just say there is a message. I'll come back here to read it")),
                        "bare",
                    ),
                    ("named", both(_l("It can say it's from Cafcass about this")), "named"),
                ),
            ),
        ),
        skip=True,
        send_now=True,
        then=SUPPORTED,
    ),
)
