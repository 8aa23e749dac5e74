"""Draw it. It stands beside a question, at an address of its own."""

from flask_babel import lazy_gettext as _l

from kids_feedback.web.questions.model import CHECK, Choice, QuestionPage, Text, both, options

DRAW = QuestionPage(
    id="D1",
    number=0,  # nobody comes here by number
    title=both(_l("Draw what you want to tell us"), _l("Draw it")),
    fields=(
        Choice(
            name="picture_place",
            legend=both(_l("Where is it?")),
            options=options(
                ("inside", both(_l("Inside"))),
                ("outside", both(_l("Outside"))),
                ("night", both(_l("At night"))),
            ),
        ),
        Choice(
            name="picture_stickers",
            legend=both(_l("Pick up to 6 stickers")),
            many=True,
            options=options(
                ("sun", both(_l("Sun"))),
                ("rain", both(_l("Rain"))),
                ("tree", both(_l("Tree"))),
                ("house", both(_l("House"))),
                ("phone", both(_l("Phone"))),
                ("pet", both(_l("Pet"))),
                ("me", both(_l("Me"))),
                ("grown_up", both(_l("A grown-up"))),
                ("happy", both(_l("Happy face"))),
                ("worried", both(_l("Worried face"))),
                ("sad", both(_l("Sad face"))),
                ("cross", both(_l("Cross face"), _l("Angry face"))),
            ),
        ),
        Text(
            name="picture_words",
            label=both(
                _l("Want to tell us about your picture?"),
                _l("Tell us about your drawing, if you like"),
            ),
            lines=3,
        ),
    ),
    then=CHECK,
)
