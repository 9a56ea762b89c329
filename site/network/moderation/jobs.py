"""Mails about accounts that failed, as the team sees them.

They are no rows of the outbox, for their links must be kept nowhere: each try is a job
of its own, that makes the link anew.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from network.users import tasks
from network.users.models import Invitation

SUBJECTS: dict[Task, object] = {
    tasks.mail_invitation: _("Invitation"),
    tasks.offer_new_password: _("A new password"),
    tasks.send_now: _("A change of the account"),
}
JOBS: dict[str, Task] = {job.module_path: job for job in SUBJECTS}


@dataclass(frozen=True)
class LateMail:
    """A mail about an account that could not be sent yet, or not at all."""

    pk: UUID
    subject: object
    to: str
    created: datetime
    given_up: bool
    not_before: datetime
    error: str


def failed() -> QuerySet[DBTaskResult]:
    """The jobs that were given up, or wait for another try."""
    ours = DBTaskResult.objects.filter(task_path__in=JOBS)
    again = Q(status="READY", args_kwargs__kwargs__tries__gt=0)
    return ours.filter(Q(status="FAILED") | again).order_by("-enqueued_at")


def lost_or_late() -> list[LateMail]:
    found = list(failed())
    invited = dict(
        Invitation.objects.filter(
            pk__in=[first(job) for job in found if is_invitation(job)]
        ).values_list("pk", "email")
    )
    return [late_mail(job, invited) for job in found]


def late_mail(job: DBTaskResult, invited: dict[int, str]) -> LateMail:
    return LateMail(
        pk=job.pk,
        subject=SUBJECTS[JOBS[job.task_path]],
        to=invited.get(first(job), "") if is_invitation(job) else address_in(job),
        created=job.enqueued_at,
        given_up=job.status == "FAILED",
        not_before=job.run_after,
        error=job.exception_class_path.rpartition(".")[2],
    )


def is_invitation(job: DBTaskResult) -> bool:
    return JOBS[job.task_path] == tasks.mail_invitation


def first(job: DBTaskResult):
    return job.args_kwargs["args"][0]


def address_in(job: DBTaskResult) -> str:
    """To whom a job writes: after the name of the mail, where it has one."""
    place = 1 if JOBS[job.task_path] == tasks.send_now else 0
    return job.args_kwargs["args"][place]


@transaction.atomic
def job_again(pk: UUID) -> bool:
    """Have a job tried at once, as if it were new; False if it did not fail."""
    job = failed().select_for_update().filter(pk=pk).first()
    if job is None:
        return False
    args = job.args_kwargs["args"]
    task = JOBS[job.task_path]
    job.delete()
    transaction.on_commit(lambda: task.enqueue(*args))
    return True
