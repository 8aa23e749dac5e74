"""Areas, offices, and the first people: whoever can run commands lets them in."""

import re

import click

from kids_feedback.app import create_app
from kids_feedback.cli import site
from kids_feedback.domain.people import NAMED_ROLES, Fallback, Role
from kids_feedback.services.accounts import invitations
from kids_feedback.services.accounts.people import LONGEST_NAME, EmailTaken
from kids_feedback.services.errors import Incomplete
from kids_feedback.services.organisation import places
from kids_feedback.services.organisation.places import CodeTaken, NoSuchPlace

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_CODE = 40  # characters
_LONGEST_TOWNS = 2_000  # characters, all together
_NEEDED = {
    "name": f"a name has 1 to {LONGEST_NAME} characters",
    "email": "that is no e-mail address",
    "areas": "a head_of_practice needs at least one --area",
    "offices": "a local_manager needs at least one --office",
}


def a_code(text: str) -> str:
    """Read a code like east-midlands."""
    if len(text) > _LONGEST_CODE or not _CODE.fullmatch(text):
        raise click.BadParameter(f"{text!r} is not a code like east-midlands")
    return text


def a_name(text: str) -> str:
    """Read a name, on one line and without spare spaces."""
    name = " ".join(text.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise click.BadParameter(f"a name has 1 to {LONGEST_NAME} characters")
    return name


@click.command("add-person")
@click.option("--name", required=True, type=a_name, help="As colleagues and children see it.")
@click.option("--email", required=True, help="To sign in with, and for messages.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option(
    "--area", "areas", multiple=True, type=a_code, metavar="CODE", help="Of a head_of_practice."
)
@click.option(
    "--office", "offices", multiple=True, type=a_code, metavar="CODE", help="Of a local_manager."
)
@click.option(
    "--last-resort", is_flag=True, help="Named for cases that nobody else may have: two are needed."
)
def add_person(
    name: str,
    email: str,
    role: str,
    areas: tuple[str, ...],
    offices: tuple[str, ...],
    *,
    last_resort: bool,
) -> None:
    """Add somebody who signs in, and print the link that lets them in once, within 24 hours."""
    if areas and role != Role.HEAD_OF_PRACTICE:
        raise click.UsageError("--area is for a head_of_practice only")
    if offices and role != Role.LOCAL_MANAGER:
        raise click.UsageError("--office is for a local_manager only")
    if last_resort and role not in NAMED_ROLES[Fallback.LAST_RESORT]:
        raise click.UsageError("--last-resort is for customer_service or a head_of_practice only")
    settings = site.settings()
    try:
        with site.transactions(settings)() as db:
            places.check_codes(db, areas=areas, offices=offices)
            token = invitations.add_first(
                db,
                name=name,
                email=email,
                role=Role(role),
                areas=frozenset(areas),
                offices=frozenset(offices),
                last_resort=Fallback.LAST_RESORT if last_resort else None,
                now=site.now(),
            )
    except EmailTaken as error:
        raise click.ClickException("somebody has that e-mail address already") from error
    except Incomplete as error:
        raise click.ClickException("; ".join(_NEEDED[need] for need in error.missing)) from error
    except NoSuchPlace as error:
        raise click.ClickException(f"no area or office has the code {error.code}") from error
    click.echo(f"{name} can come in once, within 24 hours, by this link:")
    addresses = site.Addresses(create_app(settings), settings)
    click.echo(addresses.of("account.open_invitation", token=token))


@click.command("add-area")
@click.argument("code", type=a_code, metavar="CODE")
@click.argument("name", type=a_name, metavar="NAME")
def add_area(code: str, name: str) -> None:
    """Add an area that a Head of Practice answers for."""
    try:
        with site.transactions(site.settings())() as db:
            places.add_area(db, code, name)
    except CodeTaken as error:
        raise click.ClickException(f"there is an area {code} already") from error
    click.echo(f"Added the area {name} ({code}).")


@click.command("add-office")
@click.argument("code", type=a_code, metavar="CODE")
@click.argument("name", type=a_name, metavar="NAME")
@click.option("--area", required=True, type=a_code, metavar="CODE", help="Where it lies.")
@click.option(
    "--town",
    "towns",
    multiple=True,
    type=a_name,
    help="A town whose children it sees, as they name it. As often as needed.",
)
def add_office(code: str, name: str, area: str, towns: tuple[str, ...]) -> None:
    """Add an office of an area."""
    if len("\n".join(towns)) > _LONGEST_TOWNS:
        raise click.UsageError(f"the towns have more than {_LONGEST_TOWNS} characters together")
    try:
        with site.transactions(site.settings())() as db:
            places.add_office(db, code, name, area=area, towns=towns)
    except CodeTaken as error:
        raise click.ClickException(f"there is an office {code} already") from error
    except NoSuchPlace as error:
        raise click.ClickException(f"there is no area {error.code}") from error
    click.echo(f"Added the office {name} ({code}).")
