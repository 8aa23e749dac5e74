"""What staff wrote to the child: never on the status page, and opened by a press that is kept.

The child's answer is more words (``replies``).
"""

from flask import render_template
from flask.typing import ResponseReturnValue

from kids_feedback.services.child import letters
from kids_feedback.web.child.back.acting import act
from kids_feedback.web.child.back.replies import MoreForm
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import OurForm


@child.get("/back/message")
@guard.came_back
def message_waits() -> ResponseReturnValue:
    """Say that a message is there. Its words are one more press away."""
    with context.reading() as db:
        is_new = letters.waits(db, guard.opened_case())
    return render_template("child/message/waits.html", is_new=is_new, form=OurForm())


@child.post("/back/message")
@guard.came_back
def read_message() -> ResponseReturnValue:
    """Show what was written to the child, the newest first, with room for an answer."""
    with act() as opened:
        found = letters.read(opened)
    answer = MoreForm(formdata=None, data={"answers": found[0].id})
    return render_template("child/message/read.html", letters=found, form=answer)
