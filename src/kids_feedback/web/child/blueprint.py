"""The child's blueprint, open to everybody, and how its pages say when and where."""

from flask import Blueprint

from kids_feedback.web.rendering import meeting_labels

child = Blueprint("child", __name__)
child.add_app_template_filter(meeting_labels.when, "when")
child.add_app_template_filter(meeting_labels.day_and_hour, "day_and_hour")
child.add_app_template_filter(meeting_labels.where, "where")
child.add_app_template_filter(meeting_labels.how_long, "how_long")
