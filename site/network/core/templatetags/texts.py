from datetime import datetime, timedelta

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.safestring import SafeData
from django.utils.timesince import timesince
from django.utils.timezone import localdate
from django.utils.translation import (
    get_language,
    gettext,
    ngettext,
    override,
    pgettext,
    pgettext_lazy,
)

from network.core import dates, typography

register = template.Library()

# French writes them without a capital.
LANGUAGE_NAMES = {
    "fr": pgettext_lazy("a language, within a sentence", "French"),
    "en": pgettext_lazy("a language, within a sentence", "English"),
}


@register.filter
def partial_date(date: str) -> str:
    """“2018-03” as “mars 2018”."""
    return dates.in_words(date) if date else ""


@register.filter
def number(count: int | None) -> str:
    """A count as the reader’s language groups it: “12 000”, “12,000”."""
    return "" if count is None else number_format(count, force_grouping=True)


@register.filter
def separator(loop: dict) -> str:
    """What stands after a thing of a list: “one, two and three”."""
    if loop["last"]:
        return ""
    if loop["revcounter"] == 2:
        return pgettext("between the last two things of a list", " and ")
    return ", "


@register.filter
def day(moment: datetime | None) -> str:
    """The day of `moment` where the site is: “1er mars 2017”, “1 March 2017”."""
    return dates.day_in_words(localdate(moment)) if moment else ""


@register.filter
def time_since(moment: datetime) -> str:
    """“2 hours”, and no “0 minutes” for what was done just now."""
    if timezone.now() - moment < timedelta(minutes=1):
        return gettext("less than a minute")
    return timesince(moment)


@register.filter
def language_name(code: str) -> str:
    """The language of this code, as within a sentence."""
    return str(LANGUAGE_NAMES.get(code, code))


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


@register.simple_tag
def search_for(language: str, **facets: str) -> str:
    """Where all is found that has these in common, for a reader of `language`."""
    with override(language):
        return f"{reverse('search')}?{urlencode(facets)}"


@register.simple_tag
def language_of_picture(picture, alternative: str = "") -> str | None:
    """The language of what is said of a picture, if it is not the one being read.

    What a page says of it itself, the `alternative`, is in the page's own.
    """
    return None if alternative else foreign(picture.alt_language) or None


@register.filter(is_safe=True)
def typeset(text: str) -> str:
    """`text`, or HTML and each text in it, as its language is printed."""
    if isinstance(text, SafeData):
        return typography.typeset_html(text, get_language())
    return typography.typeset(str(text), get_language())
