from .editing import Promotion, Synonym
from .entries import Change, Entry, FacetWord, KnownWord
from .files import FileText
from .questions import Question

__all__ = [
    "Change",
    "Entry",
    "FacetWord",
    "FileText",
    "KnownWord",
    "Promotion",
    "Question",
    "Synonym",
]
