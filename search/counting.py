"""What people look for, counted without knowing who they are."""

from django.db import connection
from django.utils import timezone

from .answers import Answer

COUNT = """
    INSERT INTO search_question (day, language, words, times, results)
    VALUES (%s, %s, %s, 1, %s)
    ON CONFLICT (day, language, words) DO UPDATE
    SET times = search_question.times + 1, results = excluded.results
"""


def count_question(answer: Answer) -> None:
    """Count a question once more, with how many results it has today."""
    search = answer.search
    words = (answer.instead_of or search.query.text).casefold()
    total = answer.total_as_typed
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [timezone.localdate(), search.language, words, total])
