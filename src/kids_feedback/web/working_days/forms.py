"""What administrators say of a day."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired

from kids_feedback.services.casework.days.working_days import LONGEST_REASON
from kids_feedback.services.errors import DayAlreadyClosed
from kids_feedback.web.kit.forms import OurForm, trimmed, within
from kids_feedback.web.kit.typed.days import DayField


class DayForm(OurForm):
    """One day."""

    day = DayField(_l("Which day?"), validators=[InputRequired(_l("Enter the day"))])


class CloseForm(DayForm):
    """A day on which nobody works, and why."""

    reason = StringField(
        _l("Why does nobody work on that day?"),
        filters=[trimmed],
        validators=[
            DataRequired(_l("Say why nobody works on that day")),
            *within(LONGEST_REASON),
        ],
    )

    def refuse(self, closed: DayAlreadyClosed) -> None:
        """Say what the day is already."""
        said = _l("Nobody works on that day anyway: it is a weekend.")
        if closed.bank_holiday:
            said = _l("That day is a bank holiday already: %(name)s.", name=closed.bank_holiday)
        elif closed.reason:
            said = _l("That day is closed already: %(reason)s.", reason=closed.reason)
        self.day.errors = [said]
