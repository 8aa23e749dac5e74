"""Every page of the child's face."""

from kids_feedback.web.child import back, journey, sending, start
from kids_feedback.web.child.face import child

__all__ = ["back", "child", "journey", "sending", "start"]
