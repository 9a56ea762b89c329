from .approval import Approval

__all__ = ["Approval"]
