"""Every blueprint of the site. A page under none of them does not exist."""

from flask import Blueprint

from kids_feedback.web.account.routes import account
from kids_feedback.web.board.routes import board
from kids_feedback.web.child.routes import child
from kids_feedback.web.health import health
from kids_feedback.web.people.routes import people
from kids_feedback.web.record.routes import record
from kids_feedback.web.secretary.routes import secretary
from kids_feedback.web.shared_devices.routes import devices
from kids_feedback.web.staff.routes import staff
from kids_feedback.web.working_days.routes import days

BLUEPRINTS: tuple[Blueprint, ...] = (
    account,
    board,
    child,
    days,
    devices,
    health,
    people,
    record,
    secretary,
    staff,
)
