"""The child's face: its blueprint, open to everybody."""

from flask import Blueprint

child = Blueprint("child", __name__)
