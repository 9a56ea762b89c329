"""What people look for, counted without knowing who they are."""

import datetime as dt
import logging
import re

from django.db import DatabaseError, connection
from django.db.models import OuterRef, Subquery, Sum
from django.utils import timezone

from .answers import Answer
from .asking import Asked
from .models import Question
from .queries import LONGEST_QUERY, Query

logger = logging.getLogger(__name__)

COUNT = """
    INSERT INTO search_question (day, language, words, times, results)
    VALUES (%s, %s, %s, 1, %s)
    ON CONFLICT (day, language, words) DO UPDATE
    SET times = search_question.times + 1, results = excluded.results
"""
# What somebody types may be who they are: an address, a number of theirs.
OF_A_PERSON = re.compile(r"@|(?:\d[\s.\-/]*){6}")
# How programs call themselves that nobody sits in front of; a Cubot is a phone.
ROBOT = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|headless|curl/|wget/|python-|java/|go-http|monitor",
    re.IGNORECASE,
)
# What few people asked may be about one of them.
FEW = 3
DAYS_KEPT = 30


def count_question(request, asked: Asked, answer: Answer) -> None:
    """Count a question once more, with how many results it has today."""
    if not (is_counted(asked) and is_from_somebody(request)):
        return
    search = answer.search
    total = answer.total_as_typed
    today, words = timezone.localdate(), words_of(asked.query)
    try:
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [today, search.language, words, total])
    except DatabaseError:
        # Whoever looks for something is told what was found in any case.
        logger.exception("Not counted")


def is_counted(asked: Asked) -> bool:
    """Whether somebody begins to look for something, and it tells nothing of them."""
    goes_on = asked.is_narrowed or asked.by_date or asked.page > 1
    says_something = asked.query.forms(asked.language)
    return bool(says_something) and not goes_on and not tells_of_a_person(asked.query)


def is_from_somebody(request) -> bool:
    """Whether it is no robot that says so, and no browser that looks ahead."""
    agent = request.headers.get("User-Agent", "")
    purpose = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    return not ROBOT.search(agent) and "prefetch" not in purpose


def tells_of_a_person(query: Query) -> bool:
    return bool(OF_A_PERSON.search(query.text))


def words_of(query: Query) -> str:
    """What was asked, whoever wrote it how; a word in small letters may be longer."""
    return query.text.casefold().replace("’", "'")[:LONGEST_QUERY]


def forget_questions() -> int:
    """Forget what few people asked, a month ago; gives how many rows that were."""
    limit = timezone.localdate() - dt.timedelta(days=DAYS_KEPT)
    same = Question.objects.filter(
        words=OuterRef("words"), language=OuterRef("language")
    )
    times = same.order_by().values("words").annotate(times_in_all=Sum("times"))
    old = Question.objects.filter(day__lt=limit).annotate(
        times_in_all=Subquery(times.values("times_in_all"))
    )
    return old.filter(times_in_all__lt=FEW).delete()[0]
