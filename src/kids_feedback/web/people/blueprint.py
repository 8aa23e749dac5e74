"""The blueprint of the pages about who works here."""

from flask import Blueprint

people = Blueprint("people", __name__, url_prefix="/people")
