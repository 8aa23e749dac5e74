"""Who is this manager?"""

from flask import render_template
from flask.typing import ResponseReturnValue

from kids_feedback.services.reading import manager_profiles
from kids_feedback.web.child.blueprint import child
from kids_feedback.web.kit import context, guard


@child.get("/back/who")
@guard.came_back
def who_looks() -> ResponseReturnValue:
    """Show what the manager wrote about themselves."""
    with context.reading() as db:
        found = manager_profiles.of_manager(db, guard.opened_case())
    return render_template("child/back/manager.html", found=found)
