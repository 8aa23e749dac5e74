"""Every page of the account's blueprint."""

from kids_feedback.web.account import demo_kiosk, invitation, my_account, sign_in
from kids_feedback.web.account.blueprint import account

__all__ = ["account", "demo_kiosk", "invitation", "my_account", "sign_in"]
