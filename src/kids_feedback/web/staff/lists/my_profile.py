"""Three short lines that a manager writes about themselves, for children to read."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from kids_feedback.domain.people import Role
from kids_feedback.services.reading import manager_profiles
from kids_feedback.services.reading.manager_profiles import LINE_LIMIT
from kids_feedback.web.kit import context, guard
from kids_feedback.web.kit.forms import OurForm, shown_again, trimmed, within
from kids_feedback.web.kit.translation import _
from kids_feedback.web.staff.blueprint import staff

_SHORT = within(LINE_LIMIT)


class AboutMeForm(OurForm):
    """Three lines, each of which may be empty."""

    line_1 = StringField(_l("First line"), filters=[trimmed], validators=_SHORT)
    line_2 = StringField(_l("Second line"), filters=[trimmed], validators=_SHORT)
    line_3 = StringField(_l("Third line"), filters=[trimmed], validators=_SHORT)

    def lines(self) -> tuple[str, ...]:
        return tuple(self[name].data or "" for name in ("line_1", "line_2", "line_3"))


@staff.get("/about-me")
@guard.only(Role.LOCAL_MANAGER)
def about_me() -> ResponseReturnValue:
    with context.reading() as db:
        lines = manager_profiles.of_mine(db, guard.person())
    form = AboutMeForm(data={f"line_{at}": line for at, line in enumerate(lines, start=1)})
    return render_template("staff/lists/my_profile.html", form=form)


@staff.post("/about-me")
@guard.only(Role.LOCAL_MANAGER)
def save_about_me() -> ResponseReturnValue:
    form = AboutMeForm()
    if not form.validate():
        return shown_again(form, lambda: render_template("staff/lists/my_profile.html", form=form))
    with context.transaction() as db:
        manager_profiles.introduce(db, guard.person(), form.lines())
    flash(_("Saved. Children see it from now on."))
    return redirect(url_for("staff.about_me"), code=303)
