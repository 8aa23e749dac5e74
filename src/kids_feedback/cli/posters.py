"""A poster to hang up in an office."""

from typing import TextIO

import click

from kids_feedback.app import create_app
from kids_feedback.cli import site
from kids_feedback.services.organisation import places
from kids_feedback.services.organisation.places import NoSuchPlace
from kids_feedback.web.rendering import posters
from kids_feedback.web.rendering.posters import NoSuchLanguage


@click.command()
@click.option("--office", required=True, help="The code of the office it hangs in.")
@click.option(
    "--out",
    type=click.File("w", encoding="utf-8", lazy=True),
    default="-",
    help="The file to write; else it is printed.",
)
@click.option("--language", default="en", show_default=True, help="The code of a language.")
def poster(office: str, out: TextIO, language: str) -> None:
    """Make a poster for an office: two A4 pages to print from a browser, in two looks."""
    settings = site.settings()
    try:
        with site.transactions(settings).reading() as db:
            places.office_name(db, office)
    except NoSuchPlace as error:
        raise click.BadParameter(
            f"no office has the code {office!r}", param_hint="--office"
        ) from error
    app = create_app(settings, now=site.now)
    address = site.Addresses(app, settings).of("child.from_poster", office_code=office)
    try:
        made = posters.poster(app, address=address, language=language)
    except NoSuchLanguage as error:
        known = ", ".join(error.known)
        raise click.BadParameter(
            f"this site speaks {known}, not {language!r}", param_hint="--language"
        ) from error
    if posters.is_draft(app, language):
        click.echo("Only a machine has translated this: have somebody read it first.", err=True)
    out.write(made)
