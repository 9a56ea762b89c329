"""The index: what the public site says, laid out to be found."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Kind(models.TextChoices):
    """What a result is. The words of addresses are the same as in the code."""

    CASE = "case", _("Case")
    JOURNEY = "journey", _("User journey")
    LESSONS = "lessons", _("Lessons learned")
    METHOD = "method", _("Method")
    PRINCIPLE = "principle", _("Principle")
    RESOURCE = "resource", _("Resource")
    CITY = "city", _("City or region")
    TERM = "term", _("Term")
    PAGE = "page", _("Page")


class Entry(models.Model):
    """A public page, or a term of the glossary, in one language.

    A page that nobody translated has one entry, in the language it is written in: its
    alias in the other tree has none. Whether the page is public is asked of the page
    itself, at each search.
    """

    page = models.OneToOneField(
        Page, null=True, on_delete=models.CASCADE, related_name="+"
    )
    term = models.ForeignKey(
        "home.Term", null=True, on_delete=models.CASCADE, related_name="+"
    )
    # What all versions of the thing have in common: of a page, its translation key.
    key = models.UUIDField()
    language = models.CharField(_("language"), max_length=10)
    # The languages whose readers are shown this one, for want of one in theirs.
    readers = ArrayField(models.CharField(max_length=10))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    slug = models.CharField(max_length=255)
    title = models.TextField(_("title"))
    summary = models.TextField(_("summary"))
    text = models.TextField(_("text"))
    file_text = models.TextField(_("text of its files"))
    # The documents that the page offers; and those of them whose text stands above.
    files = ArrayField(models.BigIntegerField(), default=list)
    files_told = ArrayField(models.BigIntegerField(), default=list)

    # Stems: A of the title, B of question and summary, C of the text, D of files.
    vector = SearchVectorField()
    # A and B alone, to tell fast where a word matters.
    head = SearchVectorField()
    # Whole words of the title, for what is being typed.
    names = SearchVectorField()
    # Each as "facet:value", like "status:tested", or "city:" and a translation key.
    facets = ArrayField(models.TextField())
    # The same as numbers of `FacetSet`, of which a hundred thousand are soon counted:
    # what it says in the facets that have few values, and in each of the others.
    traits = models.BigIntegerField()
    topics = models.BigIntegerField()
    principles = models.BigIntegerField()
    methods = models.BigIntegerField()
    # The years of which it tells, if it says so.
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    published_at = models.DateTimeField(_("first published on"))
    # Of all the above: the same as long as nothing of it changes.
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("entry of the index")
        verbose_name_plural = _("entries of the index")
        constraints = [
            models.UniqueConstraint(
                fields=["term", "language"], name="one_entry_per_term_and_language"
            ),
            models.CheckConstraint(
                condition=models.Q(page=None) ^ models.Q(term=None),
                name="an_entry_is_of_a_page_or_of_a_term",
            ),
        ]
        indexes = [
            GinIndex(fields=["vector"], name="entries_by_word", fastupdate=False),
            GinIndex(fields=["head"], name="entries_by_head", fastupdate=False),
            GinIndex(fields=["names"], name="entries_by_name", fastupdate=False),
            GinIndex(fields=["files"], name="entries_by_file"),
            GinIndex(fields=["files_told"], name="entries_by_file_told"),
            models.Index(fields=["key"], name="entries_by_key"),
            models.Index(fields=["-published_at", "-id"], name="entries_by_date"),
            models.Index(fields=["kind"], name="entries_by_kind"),
        ]

    def __str__(self):
        return self.title


class FacetSet(models.Model):
    """Some words of facets that stand together in entries, as one number."""

    # Says which words they are: nobody has to ask for it.
    id = models.BigIntegerField(primary_key=True)
    words = ArrayField(models.TextField())

    # The types of Django miss it here.
    objects: ClassVar[models.Manager["FacetSet"]]

    class Meta:
        verbose_name = _("set of facets")
        verbose_name_plural = _("sets of facets")
        indexes = [GinIndex(fields=["words"], name="facet_sets_by_word")]

    def __str__(self):
        return ", ".join(self.words)


class Change(models.Model):
    """Something that changed on the site, and whose entries are to be written again.

    It is noted in the transaction of the change itself: it is lost with that, or not at
    all. The same key may be noted many times.
    """

    key = models.UUIDField()
    noted_at = models.DateTimeField(auto_now_add=True)
    # How often it could not be done.
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("change to index")
        verbose_name_plural = _("changes to index")

    def __str__(self):
        return str(self.key)


class KnownWord(models.Model):
    """A word that stands on the site: what somebody may have meant to type."""

    language = models.CharField(max_length=10)
    # Without accents and capitals; `written` is how it mostly stands in texts.
    word = models.CharField(max_length=60)
    written = models.CharField(max_length=60)
    entries = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("known word")
        verbose_name_plural = _("known words")
        constraints = [
            models.UniqueConstraint(
                fields=["language", "word"], name="one_known_word_per_language"
            )
        ]
        indexes = [
            GinIndex(
                OpClass("word", name="gin_trgm_ops"), name="known_words_by_letters"
            )
        ]

    def __str__(self):
        return self.written
