from django import template
from django.utils.translation import get_language, ngettext

from network.core import dates

register = template.Library()


@register.filter
def partial_date(date: str) -> str:
    """“2018-03” as “mars 2018”."""
    return dates.in_words(date) if date else ""


@register.simple_tag
def period(start: str, end: str = "") -> str:
    """“mars 2018 – 2019”, or the one date there is."""
    return dates.period_in_words(start or "", end or "")


@register.filter
def duration(minutes: int | None) -> str:
    """A number of minutes as people say it: “45 min”, “1 h 30”, “2 days”."""
    if not minutes:
        return ""
    days, rest = divmod(minutes, 420)  # a working day of seven hours
    if days and not rest:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}\u00a0min"
    return f"{hours}\u00a0h\u00a0{rest:02}" if rest else f"{hours}\u00a0h"


@register.filter
def foreign(language: str) -> str:
    """`language` if it is not the one being read, so that a `lang` may say it."""
    return language if language != get_language() else ""
