from .case import CaseIndexPage, CasePage, CaseResource, MethodUse
from .city import CityIndexPage, CityPage
from .feedback import FeedbackCase, FeedbackIndexPage, FeedbackMethod, FeedbackPage
from .journey import JourneyIndexPage, JourneyPage

__all__ = [
    "CaseIndexPage",
    "CasePage",
    "CaseResource",
    "CityIndexPage",
    "CityPage",
    "FeedbackCase",
    "FeedbackIndexPage",
    "FeedbackMethod",
    "FeedbackPage",
    "JourneyIndexPage",
    "JourneyPage",
    "MethodUse",
]
