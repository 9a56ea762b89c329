from .approval import Approval
from .retraction import Retraction, RetractionItem

__all__ = ["Approval", "Retraction", "RetractionItem"]
