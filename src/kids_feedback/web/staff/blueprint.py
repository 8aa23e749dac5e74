"""The staff's blueprint, and what only its templates need."""

from flask import Blueprint

from kids_feedback.web.staff.kit import dates

staff = Blueprint("staff", __name__, url_prefix="/staff")
staff.add_app_template_filter(dates.short, "short")
staff.add_app_template_filter(dates.short_year, "short_year")
