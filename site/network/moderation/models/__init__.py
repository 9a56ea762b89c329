from .approval import Approval
from .mails import Mail, MailChoice
from .retraction import Retraction, RetractionItem
from .submission import Submission

__all__ = [
    "Approval",
    "Mail",
    "MailChoice",
    "Retraction",
    "RetractionItem",
    "Submission",
]
