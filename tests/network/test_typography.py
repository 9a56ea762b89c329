"""What editors forgot is there when a page is read, and nowhere else."""

import time

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

from network.core.typography import typeset, typeset_html
from tests.factories import CasePageFactory, StandardPageFactory
from tests.networks import mirrored, translated

NBSP = "\u00a0"


def shown(text: str) -> str:
    """No-break spaces as something that can be seen in a test."""
    return text.replace(NBSP, "_")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Qui ? Moi ! Voici : un ; deux", "Qui_? Moi_! Voici_: un_; deux"),
        ("Qui? Moi! Voici: un; deux", "Qui_? Moi_! Voici_: un_; deux"),
        ("Vraiment ?! Oui…?", "Vraiment_?! Oui…_?"),
        ("« Jamais » et «jamais».", "«_Jamais_» et «_jamais_»."),
        ('Ils ont dit "jamais", puis "oui".', "Ils ont dit «_jamais_», puis «_oui_»."),
        ("L'usager d'aujourd'hui", "L’usager d’aujourd’hui"),
        ("12 000 habitants, 1 234 567 voix", "12_000 habitants, 1_234_567 voix"),
        ("20 % ou 20%, 15 €", "20_% ou 20_%, 15_€"),
        ("fiche nº 5, n° 6", "fiche nº_5, n°_6"),
        ("2017 – 2018", "2017_– 2018"),
        (f"Déjà{NBSP}: fait{NBSP}!", "Déjà_: fait_!"),
        ("fin\u202f? oui", "fin\u202f? oui"),
    ],
)
def test_french_is_printed_as_in_a_book(typed, printed):
    assert shown(typeset(typed, "fr")) == printed
    assert typeset(typeset(typed, "fr"), "fr") == typeset(typed, "fr")


@pytest.mark.parametrize(
    "text",
    [
        *("10:30", "un rapport de 2:1", "Ce texte, simplement.", "06 12 34 56 78"),
        *("https://example.org/a?b=1;c", "http://example.org/?", "www.example.org/?a"),
        *("en 2018 300 personnes", '5" de haut', "R&D", "&lt;b&gt; &amp; &eacute;"),
    ],
)
def test_what_is_no_french_punctuation_stays_as_it_is(text):
    assert typeset(text, "fr") == text


def test_english_has_its_own_marks_and_no_space_before_them():
    text = 'Who? "Nobody\'s asked me": 12 000; no…'

    assert typeset(text, "en") == "Who? “Nobody’s asked me”: 12 000; no…"


@pytest.mark.parametrize("language", [None, "de"])
def test_another_language_stays_as_it_is(language):
    assert typeset("Qui ? L'autre", language) == "Qui ? L'autre"


def test_each_text_is_printed_in_the_language_of_what_it_stands_in():
    page = (
        '<html lang="en"><h1>Why?</h1><p lang="fr">Oui? <b>Non ?</b></p>'
        '<article lang="fr">A ?<article lang="en">B ?</article>C ?</article>D ?</html>'
    )

    assert shown(typeset_html(page, "en")) == (
        '<html lang="en"><h1>Why?</h1><p lang="fr">Oui_? <b>Non_?</b></p>'
        '<article lang="fr">A_?<article lang="en">B ?</article>C_?</article>D ?</html>'
    )


def test_a_tag_that_holds_no_text_says_nothing_of_the_text_after_it():
    html = '<meta lang="fr" content="a ?"><img lang="fr" alt="a ?"> <path lang="fr" />?'

    assert typeset_html(f"{html} a ?", "en") == f"{html} a ?"


@pytest.mark.parametrize("tag", ["code", "pre", "kbd", "samp", "script", "textarea"])
def test_what_is_code_stays_as_it_is_and_what_follows_does_not(tag):
    html = f'<{tag} lang="fr">a ? <b>l\'x</b> : "y"</{tag}> a ?'

    assert shown(typeset_html(html, "fr")) == html[:-2] + "_?"


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        ('<p>"un <b>mot</b>"</p>', "<p>«_un <b>mot</b>_»</p>"),
        ('<p><b>"un</b> mot", oui</p>', "<p><b>«_un</b> mot_», oui</p>"),
        ('<p>&quot;<a href="#">un</a>" "x"</p>', '<p>«_<a href="#">un</a>_» «_x_»</p>'),
        (
            '<p>"<code>a "b" ?</code>" et "c"</p>',
            '<p>«_<code>a "b" ?</code>_» et «_c_»</p>',
        ),
        (
            '<p>"un <i lang="en">word "two"</i> mot"</p>',
            '<p>"un <i lang="en">word “two”</i> mot"</p>',
        ),
        ('<p>"un <i lang="en">word</i>"</p>', '<p>«_un <i lang="en">word</i>_»</p>'),
        ('<i lang="en">"a <b>b</b>"</i>', '<i lang="en">“a <b>b</b>”</i>'),
        ('<p>"voir https://example.org/ ici"', "<p>«_voir https://example.org/ ici_»"),
        ('"un <!-- " --> mot"', '«_un <!-- " --> mot_»'),
    ],
)
def test_quotation_marks_are_paired_across_the_tags_of_a_sentence(html, printed):
    assert shown(typeset_html(html, "fr")) == printed


@pytest.mark.parametrize(
    "html",
    [
        *('<p>"un</p><p>mot"</p>', '<li>"un</li><li>mot"</li>', '"un<br>mot"'),
        *('<p>un<b>"mot"</b>s</p>', '<p>5"<b> de</b> haut"</p>'),
        *('<p><code>"a</code> et "b</p>', '<p>"un <code>mot"</code></p>'),
    ],
)
def test_quotation_marks_are_not_paired_across_paragraphs_words_or_code(html):
    assert typeset_html(html, "fr") == html


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/fr/search/?q=a ; b" title="Qui ? L\'autre > tous">x</a>',
        "<img alt='Qui ? \"Moi\" !'>",
        "<!-- Qui ? <b>Moi ! -->",
        '<path d="M0 0" aria-label="a : b" />',
        '<input value="l\'été : a"><br>',
    ],
)
def test_what_tags_carry_stays_as_it_is(html):
    assert typeset_html(html, "fr") == html


def test_characters_that_were_escaped_are_printed_too_and_stay_safe():
    escaped = "l&#x27;été &quot;oui&quot;&nbsp;: &lt;script&gt; R&amp;D ?"

    assert shown(typeset_html(escaped, "fr")) == (
        "l’été «_oui_»_: &lt;script&gt; R&amp;D_?"
    )


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("<b>Qui ?</b>", f"&lt;b&gt;Qui{NBSP}?&lt;/b&gt;"),
        (SafeString("<b>Qui ?</b>"), f"<b>Qui{NBSP}?</b>"),
    ],
)
def test_the_filter_trusts_nothing_that_was_not_trusted_before(text, printed, settings):
    settings.LANGUAGE_CODE = "fr"
    template = Template("{% load texts %}{{ text|typeset }}")

    assert template.render(Context({"text": text})) == printed


@pytest.mark.parametrize(
    "hostile", ['<"' * 20_000, "<a " * 20_000, "« " * 20_000, '"<b>a</b>' * 20_000]
)
def test_no_text_takes_long(hostile):
    before = time.perf_counter()

    typeset_html(hostile, "fr")

    assert time.perf_counter() - before < 5


# --- On a page -------------------------------------------------------------


def text_of(client, address: str) -> str:
    return client.get(address).content.decode()


def test_what_an_editor_forgot_is_there_on_the_page(client, home):
    case = CasePageFactory(
        title="Pourquoi l'accueil ?",
        question="Et vous?",
        fieldwork="<p>Vu : « rien » <code>a ? b</code></p>",
    )

    page = shown(text_of(client, case.url))

    assert '<h1 class="sheet-title">Et vous_?</h1>' in page
    assert '<p class="asked-by">Pourquoi l’accueil_?</p>' in page
    assert "<p>Vu_: «_rien_» <code>a ? b</code></p>" in page


@pytest.mark.django_db
def test_a_page_that_is_not_translated_keeps_its_own_marks(client, english):
    mirrored(StandardPageFactory, title="Qui ?", slug="qui")
    translated(StandardPageFactory, "Why ?", title="Pourquoi ?", slug="pourquoi")

    assert f"Qui{NBSP}?</h1>" in text_of(client, "/en/qui/")
    assert "Why ?</h1>" in text_of(client, "/en/pourquoi/")
