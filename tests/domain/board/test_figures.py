"""Figures that are frozen come back as they were, and are kept in one form for good."""

from datetime import date

from kids_feedback.domain.board.disclosure import Amount, Cell, Portion, Share, Table
from kids_feedback.domain.board.figures import Figures, freeze, thaw
from kids_feedback.domain.board.half_years import HalfYear, Period

FIGURES = Figures(
    period=Period(begins=HalfYear(date(2025, 4, 1)), ends=HalfYear(date(2025, 10, 1))),
    kinds={"complaint": 40, "compliment": None, "other": 15},
    about=Table(
        total=40,
        cells=(
            Cell(
                code="not_listened",
                shown=25,
                portion=Portion(amount=Amount.ABOUT_HALF, in_ten=6, percent=62),
            ),
            Cell(code="late"),
        ),
    ),
    promises={
        "read": Share(
            base=40, yes=35, few_no=True, portion=Portion(amount=Amount.MOST, in_ten=9, percent=88)
        ),
        "answer": Share(base=20, few_yes=True, portion=Portion(amount=Amount.A_FEW)),
        "supporter": Share(),
    },
)
# What was released lies in databases in this form: it may grow, and is never written otherwise.
FROZEN = (
    b'{"about":{"cells":['
    b'{"code":"not_listened",'
    b'"portion":{"amount":"about_half","in_ten":6,"percent":62},"shown":25},'
    b'{"code":"late","portion":null,"shown":null}],"total":40},'
    b'"begins":"2025-04","ends":"2025-10",'
    b'"kinds":{"complaint":40,"compliment":null,"other":15},'
    b'"promises":{'
    b'"answer":{"base":20,"few_no":false,"few_yes":true,'
    b'"portion":{"amount":"a_few","in_ten":null,"percent":null},"yes":null},'
    b'"read":{"base":40,"few_no":true,"few_yes":false,'
    b'"portion":{"amount":"most","in_ten":9,"percent":88},"yes":35},'
    b'"supporter":{"base":null,"few_no":false,"few_yes":false,"portion":null,"yes":null}},'
    b'"version":1}'
)


def test_figures_are_kept_in_this_form() -> None:
    assert freeze(FIGURES) == FROZEN


def test_what_was_frozen_is_read_as_it_was() -> None:
    assert thaw(FROZEN) == FIGURES
    assert thaw(FROZEN).about.cells[0].portion == Portion(
        amount=Amount.ABOUT_HALF, in_ten=6, percent=62
    )
    assert isinstance(thaw(FROZEN).promises["read"].portion, Portion)
