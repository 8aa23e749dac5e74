"""Every face of the site. A page that is not under one of these is not there."""

from flask import Blueprint

from kids_feedback.web.account.routes import account
from kids_feedback.web.child.routes import child
from kids_feedback.web.health import health

FACES: tuple[Blueprint, ...] = (child, account, health)
