"""What a word is: the same for what is written and for what is asked.

A text becomes a row of words, each with the forms under which it is found: its stem in
the language of the text, with neither accents nor capitals. Snowball's French stemmer
gives “usager” and “usagers”, “lieu” and “lieux” or “public” and “publique” different
stems: `singular` and `masculine` put that right beforehand.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

LANGUAGES = {"fr": "french", "en": "english"}
STEMMERS = {code: Stemmer.Stemmer(name) for code, name in LANGUAGES.items()}

# Words that stand in every text or question, and say nothing of what it is about. Those
# of both languages count in both: who asks in French is shown English pages too.
COMMON_WORDS = """
a ai as au aux avec avoir c ce ceci cela celle celles celui ces cet cette ceux comment
d dans de des dont du elle elles en est et etait ete etre eu eux font il ils j je
jusqu l la le les leur leurs lorsqu lui m ma mais me mes moi mon n ne ni nos notre
nous on ont ou par pas peut plus pour pourquoi puisqu qu quand que quel quelle quelles
quels qui quoi quoiqu s sa se sera ses si soi son sont sur t ta te tes toi ton tu un
une vos votre vous y
deja existe faire fait faut mener sert

a all am an and any are as at be been by can could did do does don for from had has
have he her his how i if in into is it its ll me my not of on or our re s she should
so some t than that the their them then there these they this those to us ve was we
were what when where which who whom whose why will with would you your
get make run
"""
COMMON = frozenset(COMMON_WORDS.split())

# The ending after a dot, a hyphen or in brackets that makes a word inclusive.
ENDING = (
    r"(?:nes?|tes?|les?|ses?|es?|ères?|eres?|rices?|trices?|euses?|ives?|ves?|elles?)"
)
# Put on the letter before: files often say “é” in these two characters.
ACCENTS = "\u0300-\u036f"
# “1 280” in French and “1,280” in English are one number.
NUMBER = r"(?<!\w)(?<!\d[.,])\d{1,3}(?:[ \u00a0\u202f\u2009.,]\d{3})+(?!\w)"
WORD = re.compile(
    rf"""
    (?P<number> {NUMBER} )
    | (?P<acronym> \b (?:[^\W\d_]\.){{2,}} (?:[^\W\d_]\b)? )
    | (?P<word> [^\W_ʼ]+ (?:[{ACCENTS}]+[^\W_ʼ]*)* )
      (?:
        (?:[·•‧∙・][^\W\d_]{{1,6}}){{1,2}}      # agent·e·s, facilitateur·rice
        | \.{ENDING}(?:\.s)?(?![\w.])           # agent.e.s
        | -{ENDING}-s(?!\w)                     # agent-e-s
        | \({ENDING}\)s?                        # agent(e)s
      )?
    """,
    re.VERBOSE,
)
# What an acronym and a number are written with, besides.
NO_LETTER = re.compile(r"\W")
LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
HYPHENS = "-‐‑"

# Words that are their own stems, in whatever language: “usager” would be “usage”.
STEMS = {"usager"}
IRREGULAR = {
    "fr": {
        "travaux": "travail",
        "vitraux": "vitrail",
        "baux": "bail",
        "yeux": "oeil",
        "oeils": "oeil",
        "messieurs": "monsieur",
        "mesdames": "madame",
        "tous": "tout",
    },
    "en": {
        "children": "child",
        "people": "person",
        "men": "man",
        "women": "woman",
        "feedbacks": "feedback",
        "criteria": "criterion",
        "analysis": "analyse",
        "crises": "crisis",
        "buses": "bus",
        "programme": "program",
        "programmes": "program",
        "centre": "center",
        "centres": "center",
        "licence": "license",
        "licences": "license",
        "catalogue": "catalog",
        "catalogues": "catalog",
    },
}
OUR = re.compile(r"^(behavi|col|fav|flav|harb|hon|hum|lab|neighb)our")
PLURAL_IN_X = re.compile(
    r"(?:eau|[jf]eu|lieu|(?:che|ne|a)veu|voeu|(?:bij|caill|ch|gen|hib|jouj|p)ou)x$"
)
# Adjectives whose feminine follows no rule, or that of few others.
MASCULINE = {
    "nouvelle": "nouveau",
    "nouvel": "nouveau",
    "belle": "beau",
    "bel": "beau",
    "vieille": "vieux",
    "vieil": "vieux",
    "folle": "fou",
    "douce": "doux",
    "rousse": "roux",
    "fausse": "faux",
    "grosse": "gros",
    "basse": "bas",
    "longue": "long",
    "blanche": "blanc",
    "franche": "franc",
    "sèche": "sec",
    "seche": "sec",
    "fraîche": "frais",
    "fraiche": "frais",
    "grecque": "grec",
    "turque": "turc",
    "brève": "bref",
    "breve": "bref",
    "favorite": "favori",
    "neuve": "neuf",
    "vive": "vif",
    "naïve": "naïf",
    "naive": "naif",
}


@dataclass(frozen=True, slots=True)
class Word:
    """The `place`-th word of a text, at its characters `start` to `end`."""

    start: int
    end: int
    place: int
    folded: str
    forms: tuple[str, ...]
    is_common: bool = False
    # Whether only a hyphen stands between the word before and this one.
    is_joined: bool = False


def words_of(text: str, language: str) -> Iterator[Word]:
    """The words of `text`, in their order, common ones included."""
    # Before the first word stands no hyphen.
    end = -2
    for place, match in enumerate(WORD.finditer(text)):
        written = match["word"] or NO_LETTER.sub("", match[0])
        lower, plain = folded(written)
        forms = forms_of(lower, language)
        # A mark for other letters may stand alone, and is no word.
        if plain and forms:
            yield Word(
                start=match.start(),
                end=match.end(),
                place=place,
                folded=plain,
                forms=forms,
                is_common=plain in COMMON,
                is_joined=match.start() == end + 1 and text[end] in HYPHENS,
            )
        end = match.end()


@lru_cache(maxsize=50_000)
def folded(word: str) -> tuple[str, str]:
    """A word in small letters, with its accents and without them."""
    lower = unicodedata.normalize("NFC", word.translate(LIGATURES).casefold())
    return lower, without_accents(lower)


def with_whole_numbers(text: str) -> str:
    """A text in which no number has spaces inside."""
    return re.sub(NUMBER, lambda number: NO_LETTER.sub("", number[0]), text)


def joined(words: Iterable[Word], language: str) -> tuple[str, ...]:
    """The stems of words that a hyphen joins, as if they were written as one."""
    return forms_of("".join(word.folded for word in words), language)


def without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    # What was a small letter in another alphabet, “ᴬ”, may have become a capital.
    return unicodedata.normalize("NFC", plain.casefold())


@lru_cache(maxsize=100_000)
def forms_of(word: str, language: str) -> tuple[str, ...]:
    """The stems of a word in small letters, those with accents and without as one.

    A word typed without its accents has a stem of its own, “évaluée” and “evaluee”:
    what is written is found under both.
    """
    written = {word, without_accents(word)}
    alike = {other for one in written for other in alike_words(one, language)}
    stems = sorted({without_accents(stem(one, language)) for one in alike})
    return tuple(one for one in stems if one)


def stem(word: str, language: str) -> str:
    return word if word in STEMS else STEMMERS[language].stemWord(word)


def alike_words(word: str, language: str) -> tuple[str, ...]:
    """What to take the stem of, instead of `word`."""
    word = IRREGULAR[language].get(word, word)
    if language == "fr":
        return masculine(singular(word))
    # “organize” and “color” are “organise” and “colour” elsewhere.
    word = re.sub(r"(i|ly)z(e[drs]?|ing|ations?)$", r"\1s\2", word)
    return (OUR.sub(r"\1or", word),)


def singular(word: str) -> str:
    """A French word in the singular, as far as its ending tells."""
    if PLURAL_IN_X.search(word):
        return word[:-1]
    if len(word) > 4 and word.endswith("aux"):
        return word[:-2] + "l"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def masculine(word: str) -> tuple[str, ...]:
    """What a French word is beside “usagère” or “active”; more than one if unclear."""
    if word in MASCULINE:
        return (singular(MASCULINE[word]),)
    for feminine, endings in (
        (r"ique", ("ic",)),
        (r"trice", ("teur",)),
        (r"drice", ("deur",)),
        (r"euse", ("eux", "eur")),
        (r"[èe]re", ("er",)),
        # “archive” has no masculine, and “archiver” is of its family.
        (r"ive", ("if", "ive")),
        # “lillois” is taken for a plural; so is “entrepris”, of which is “entreprise”.
        (r"(?:(?<=i)|(?<=er)|(?<=[^e]u))se", ("", "se")),
    ):
        if len(word) > 5 and (match := re.search(f"{feminine}$", word)):
            return tuple(word[: match.start()] + ending for ending in endings)
    return (word,)
