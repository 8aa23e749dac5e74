"""Who is on duty: whoever can run commands begins the list."""

import re
from datetime import time

import click

from kids_feedback.cli import site
from kids_feedback.cli.first_people import a_code
from kids_feedback.domain.account_events import AccountAct
from kids_feedback.domain.case.safety import Shift
from kids_feedback.domain.errors import NotFound
from kids_feedback.services.casework.people import duty
from kids_feedback.services.errors import Incomplete
from kids_feedback.services.organisation import account_events

_TIME = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def a_time(text: str) -> time:
    """Read a time like 09:00."""
    if not _TIME.fullmatch(text):
        raise click.BadParameter(f"{text!r} is not a time like 09:00")
    return time.fromisoformat(text)


@click.command("add-duty")
@click.option("--email", required=True, help="Of somebody who works on cases.")
@click.option("--area", type=a_code, metavar="CODE", help="For which area; all, unless said.")
@click.option(
    "--day",
    "days",
    multiple=True,
    type=click.Choice(DAYS),
    default=DAYS[:5],
    help="As often as needed; Monday to Friday, unless said.",
)
@click.option("--from", "starts", type=a_time, help="When duty hours begin, unless said.")
@click.option("--to", "ends", type=a_time, help="When duty hours end, unless said.")
def add_duty(
    email: str, area: str | None, days: tuple[str, ...], starts: time | None, ends: time | None
) -> None:
    """Put somebody on the duty list: they are told at once when a child may not be safe."""
    settings = site.settings()
    usual = settings.watch.shift
    shift = Shift(
        weekdays=frozenset(map(DAYS.index, days)),
        starts=usual.starts if starts is None else starts,
        ends=usual.ends if ends is None else ends,
    )
    try:
        with site.transactions(settings)() as db:
            person_id = duty.person_with(db, email)
            if duty.put(db, person_id, area, shift):
                what = AccountAct.DUTY_ADDED
                account_events.record(db, what, now=site.now(), person_id=person_id)
    except NotFound as error:
        raise click.ClickException(
            "nobody who works on cases has that e-mail address, or there is no such area"
        ) from error
    except Incomplete as error:
        raise click.ClickException("--to must be later than --from") from error
    click.echo("Added to the duty list.")
