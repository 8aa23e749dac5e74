"""Every page of the account face."""

from kids_feedback.web.account import demo_kiosk, invitation, own, signing
from kids_feedback.web.account.face import account

__all__ = ["account", "demo_kiosk", "invitation", "own", "signing"]
