from .editing import Promotion, Synonym
from .entries import Change, Entry, KnownWord
from .files import FileText
from .questions import Question

__all__ = [
    "Change",
    "Entry",
    "FileText",
    "KnownWord",
    "Promotion",
    "Question",
    "Synonym",
]
