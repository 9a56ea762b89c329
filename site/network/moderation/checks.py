"""What to look at before a page becomes public, and what code can say of each point."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail_localize.models import Translation

from network.media.models import Picture

from .texts import lines_of, pictures_in

MAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# On one line, and not within a date.
TELEPHONE = re.compile(r"(?:\+33|(?<![\w-])0)[ \xa0]?[1-9](?:[ \xa0.-]?\d\d){4}\b")


@dataclass(frozen=True)
class Check:
    """A question to whoever reads a page, and what is known without reading."""

    name: str
    question: Promise
    fact: Callable[[Page], str]
    concerns: Callable[[Page], bool] = bool


@dataclass(frozen=True)
class Checked:
    """A check of one page."""

    name: str
    question: str
    fact: str


def checks_of(page: Page) -> list[Checked]:
    """The checks that make sense for this page."""
    return [
        Checked(check.name, str(check.question), check.fact(page))
        for check in CHECKS
        if check.concerns(page)
    ]


def questions(names) -> list[str]:
    """What was asked, under the names that a decision keeps."""
    return [str(check.question) for check in CHECKS if check.name in names]


# --- What code can know ----------------------------------------------------


def has(name: str) -> Callable[[Page], bool]:
    return lambda page: hasattr(page, name)


def has_pictures(page: Page) -> bool:
    return bool(pictures_in(page))


def question_asked(page: Page) -> str:
    if not page.question:
        return _("Question: empty.")
    return _("“%(text)s”") % {"text": page.question}


def amount(name: str, label: Promise) -> Callable[[Page], str]:
    """How much a field says."""

    def fact(page):
        words = len(get_text_for_indexing(str(getattr(page, name) or "")).split())
        said = ngettext("%(count)s word", "%(count)s words", words) % {"count": words}
        return _("%(what)s: %(amount)s.") % {
            "what": label,
            "amount": said if words else _("empty"),
        }

    return fact


def people_met(page: Page) -> str:
    number = page.people_met
    met = _("People met: %(number)s.") % {"number": number} if number else ""
    return f"{amount('fieldwork', gettext_lazy('Fieldwork'))(page)} {met}".strip()


def picture_rights(page: Page) -> str:
    pictures: list[Picture] = [picture for picture, _alternative in pictures_in(page)]
    uncredited = sum(not picture.credit for picture in pictures)
    refused = sum(not picture.may_be_shown for picture in pictures)
    return " ".join(
        [
            counted_pictures(len(pictures)),
            _("Without credit: %(count)s.") % {"count": uncredited},
            _("Of people who have not agreed: %(count)s.") % {"count": refused},
        ]
    )


def counted_pictures(count: int) -> str:
    return ngettext("%(count)s picture.", "%(count)s pictures.", count) % {
        "count": count
    }


def personal_data(page: Page) -> str:
    text = "\n".join(chain.from_iterable(lines_of(page).values()))
    found = [*MAIL_ADDRESS.findall(text), *TELEPHONE.findall(text)]
    if not found:
        return _("No e-mail address or telephone number found.")
    return _("Found: %(list)s.") % {"list": ", ".join(dict.fromkeys(found))}


def alternative_texts(page: Page) -> str:
    own = "description_en" if page.locale.language_code == "en" else "description"
    silent = sum(
        not (alternative or getattr(picture, own))
        for picture, alternative in pictures_in(page)
    )
    if not silent:
        return _("Every picture has one in this language.")
    return ngettext(
        "%(count)s picture without alternative text in this language.",
        "%(count)s pictures without alternative text in this language.",
        silent,
    ) % {"count": silent}


def is_translation(page: Page) -> bool:
    return translations(page).exists()


def translations(page: Page):
    return Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id
    )


def progress(page: Page) -> str:
    total, translated = translations(page)[0].get_progress()
    return _("%(translated)s of %(total)s texts are translated.") % {
        "translated": translated,
        "total": total,
    }


CHECKS = [
    Check(
        "question",
        gettext_lazy("Is the question clear?"),
        question_asked,
        has("question"),
    ),
    Check("met", gettext_lazy("Is it said who was met?"), people_met, has("fieldwork")),
    Check(
        "limits",
        gettext_lazy("Are the limits told?"),
        amount("limits", gettext_lazy("Limits")),
        has("limits"),
    ),
    Check(
        "failures",
        gettext_lazy("Is it told what did not work?"),
        amount("did_not_work", gettext_lazy("What did not work")),
        has("did_not_work"),
    ),
    Check(
        "pictures",
        gettext_lazy("Are the pictures credited, and did people agree?"),
        picture_rights,
        has_pictures,
    ),
    Check(
        "personal_data",
        gettext_lazy("Is it free of personal data?"),
        personal_data,
    ),
    Check(
        "alternatives",
        gettext_lazy("Do the alternative texts say what the pictures show?"),
        alternative_texts,
        has_pictures,
    ),
    Check(
        "faithful",
        gettext_lazy("Is the translation faithful?"),
        progress,
        is_translation,
    ),
]
