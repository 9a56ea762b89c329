from .editing import Promotion, Synonym
from .entries import Change, Entry, FacetSet, KnownWord
from .files import FileText
from .questions import Question

__all__ = [
    "Change",
    "Entry",
    "FacetSet",
    "FileText",
    "KnownWord",
    "Promotion",
    "Question",
    "Synonym",
]
