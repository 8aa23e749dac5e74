"""What a grown-up who complains has to know: whom to turn to, and how long it takes.

Their complaints are not run here (ruling R17): the site says where they go.
"""

from dataclasses import dataclass

from kids_feedback.domain import addresses


@dataclass(frozen=True, kw_only=True)
class GrownUps:
    """The complaints team for grown-ups, and the times of the published procedure.

    An empty way to reach the team is not shown.

    Raises:
        ValueError: the email address is none.

    Source: docs/procedure.md, paragraphs 3a to 3f
    """

    phone: str = ""
    email: str = ""
    post: str = ""  # on one line
    months: int = 6  # after our work on the case has ended
    answer: int = 15  # working days after a complaint came
    before_hearing: int = 5  # working days

    def __post_init__(self) -> None:
        if self.email and addresses.fault_in(self.email) is not None:
            raise ValueError("grown_ups.email is not a bare e-mail address")

    @property
    def ways(self) -> bool:
        """Whether there is any way to reach the team."""
        return bool(self.phone or self.email or self.post)
