"""The words of the site: what somebody may have meant who mistyped one."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from .models import Entry, KnownWord
from .words import words_of

SHORTEST, LONGEST = 4, 40
AT_ONCE = 5000
TEXTS = ["title", "summary", "text", "file_text"]
LANGUAGE = attrgetter("language")


def words_in(entry: Entry) -> dict[str, str]:
    """The words of an entry without accents, each with how it is mostly written."""
    told = "\n".join(getattr(entry, name) for name in TEXTS)
    written: Counter[tuple[str, str]] = Counter()
    for word in words_of(told, entry.language):
        if not word.is_common and SHORTEST <= len(word.folded) <= LONGEST:
            text = told[word.start : word.start + len(word.folded)].casefold()
            if text.isalpha():
                written[word.folded, text] += 1
    return {folded: text for (folded, text), _ in reversed(written.most_common())}


def learn(entries: Iterable[Entry]) -> None:
    """Remember the words of these entries that nobody knew yet."""
    in_order = sorted(entries, key=LANGUAGE)
    for language, same in groupby(in_order, key=LANGUAGE):
        new = {word: text for entry in same for word, text in words_in(entry).items()}
        known = KnownWord.objects.filter(language=language, word__in=new)
        for word in known.values_list("word", flat=True):
            del new[word]
        # In the same order everywhere: two workers may learn the same words.
        KnownWord.objects.bulk_create(
            [
                KnownWord(language=language, word=word, written=text)
                for word, text in sorted(new.items())
            ],
            ignore_conflicts=True,
        )


def count_words(entries: Iterable[Entry]) -> list[KnownWord]:
    """All the words of these entries, each with how many have it."""
    counts: Counter[tuple[str, str]] = Counter()
    written: dict[tuple[str, str], str] = {}
    for entry in entries:
        for word, text in words_in(entry).items():
            counts[entry.language, word] += 1
            written[entry.language, word] = text
    return [
        KnownWord(
            language=language, word=word, written=written[language, word], entries=n
        )
        for (language, word), n in counts.items()
    ]


def learn_all(entries: Iterable[Entry]) -> None:
    """Forget the words that are no more on the site, and count those that are."""
    words = count_words(entries)
    known = {(word.language, word.word) for word in words}
    rows = KnownWord.objects.values_list("pk", "language", "word")
    gone = [pk for pk, *word in rows.iterator() if tuple(word) not in known]
    KnownWord.objects.filter(pk__in=gone).delete()
    KnownWord.objects.bulk_create(
        sorted(words, key=lambda word: (word.language, word.word)),
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["language", "word"],
        update_fields=["written", "entries"],
    )
