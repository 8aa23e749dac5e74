"""Whether a child is safe: one tick beside their words, and the help that is said after it."""

from flask_babel import lazy_gettext as _l

from kids_feedback.domain.case.submission import NOT_SAFE, READ_TODAY
from kids_feedback.web.questions.model import Choice, both, options

ASKED = both(
    _l("Is somebody hurting you? Are you not safe?"),
    _l("Is somebody hurting you, or are you not safe?"),
)
TICK = both(_l("Yes. Somebody is hurting me, or I am not safe"))
HINT = both(
    _l("If you tick it, we will read it first."), _l("If you tick this, we will read it first.")
)
SAFE = Choice(
    name="not_safe",
    many=True,
    legend=ASKED,
    hint=HINT,
    options=options((NOT_SAFE, TICK, "face-not-safe")),
)
_HELP = both(
    _l(
        "If someone is hurting you, or you don't feel safe, "
        "you can tell Childline now: %(childline)s."
    )
)
CALM_HELP = tuple(
    (name, code, _HELP)
    for name in ("feelings", "reasons", "not_safe")
    for code in (*sorted(READ_TODAY), "worried")
)
