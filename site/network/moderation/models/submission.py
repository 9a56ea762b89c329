from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState, WorkflowState


class SubmissionQuerySet(models.QuerySet):
    def with_all(self):
        """With what a list says of each; without the page's whole text."""
        return self.select_related(
            "page__locale",
            "page__content_type",
            "state__revision__user",
            "state__workflow_state__requested_by",
            "state__finished_by",
        ).defer("state__revision__content")

    def waiting(self):
        """What nobody has decided upon yet, the oldest first."""
        return self.filter(
            state__status=TaskState.STATUS_IN_PROGRESS,
            state__workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        ).order_by("state__started_at", "pk")

    def sent_back(self):
        """What was sent back and not submitted again, the latest first."""
        return self.filter(
            state__workflowstate__status=WorkflowState.STATUS_NEEDS_CHANGES,
            state__status=TaskState.STATUS_REJECTED,
        ).order_by("-state__finished_at", "-pk")


class Submission(models.Model):
    """What somebody asked to make public: how much it changes, what was checked.

    It is counted once, when it is submitted: a list of a thousand reads no page.
    """

    state = models.OneToOneField(
        TaskState, on_delete=models.CASCADE, related_name="submission"
    )
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="submissions")
    is_new = models.BooleanField(_("not public before"))
    # The latest revision that was there when the page became public as it is.
    public_revision = models.PositiveBigIntegerField(null=True)
    words_added = models.PositiveIntegerField(_("words added"))
    words_removed = models.PositiveIntegerField(_("words removed"))
    checked = models.JSONField(_("what was checked"), default=list)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        return self.state.revision.object_str
