"""The blueprint of the board's secretary."""

from flask import Blueprint

secretary = Blueprint("secretary", __name__, url_prefix="/secretary")
