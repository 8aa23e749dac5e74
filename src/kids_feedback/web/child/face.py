"""The child's face: its blueprint, open to everybody, and how it says when and where."""

from flask import Blueprint

from kids_feedback.web import spoken

child = Blueprint("child", __name__)
child.add_app_template_filter(spoken.when, "when")
child.add_app_template_filter(spoken.where, "where")
child.add_app_template_filter(spoken.how_long, "how_long")
