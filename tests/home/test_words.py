"""Words of the glossary in texts: in HTML alone, then on pages."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from home.words import Vocabulary, Word, explain, forms_of
from tests.factories import (
    CasePageFactory,
    GlossaryPageFactory,
    MethodPageFactory,
    StandardPageFactory,
    TermFactory,
)
from tests.networks import in_both_languages, mirrored

WORDS = [
    Word(1, ("labo", "laboratoire d’innovation"), "Une équipe."),
    Word(2, ("parcours usager",), "Un chemin."),
    Word(3, ("usager", "usagère"), 'Une "personne".'),
    Word(4, ("atelier de co-conception",), "Un atelier à plusieurs."),
    Word(5, ("atelier",), "Un temps de travail."),
    Word(6, ("recherche & action",), "Les deux."),
]
ENGLISH = [Word(1, ("lab",), "A team."), Word(3, ("user",), "A person.")]


def explained(html, language="fr"):
    words = {"fr": Vocabulary(WORDS), "en": Vocabulary(ENGLISH)}
    return explain(html, language, words, "/fr/glossaire/")


def met(html, language="fr"):
    """What became a link, and to which entry."""
    soup = BeautifulSoup(explained(html, language), "html.parser")
    return [
        (link.get_text(), int(link["href"].split("-")[-1]))
        for link in soup.select("a.term-link")
    ]


def test_a_word_leads_to_its_entry_and_carries_its_definition():
    assert explained("<p>Un usager vient.</p>") == (
        '<p>Un <a class="term-link" href="/fr/glossaire/#term-3" '
        'title="Une &quot;personne&quot;.">usager</a> vient.</p>'
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Les usagers, les usagères", [("usagers", 3)]),
        ("Usager", [("Usager", 3)]),
        ("Des parcours usagers", [("parcours usagers", 2)]),
        ("Un parcours\nusager", [("parcours\nusager", 2)]),
        ("Un parcours&nbsp;usager", [("parcours\u00a0usager", 2)]),
        ("Un atelier de co-conception", [("atelier de co-conception", 4)]),
        ("Deux ateliers de co-conception", [("ateliers de co-conception", 4)]),
        (
            "Ateliers puis atelier de co-conception",
            [("Ateliers", 5), ("atelier de co-conception", 4)],
        ),
        ("l’usager", [("usager", 3)]),
        ("l&#x27;usager", [("usager", 3)]),
        ("laboratoire d’innovation", [("laboratoire d’innovation", 1)]),
        ("laboratoire d&#x27;innovation", [("laboratoire d'innovation", 1)]),
        ("recherche &amp; action", [("recherche & action", 6)]),
        ("labo, labos, laboratoires d'innovation", [("labo", 1)]),
    ],
)
def test_a_word_is_met_in_its_forms_once(text, words):
    assert met(f"<p>{text}</p>") == words


@pytest.mark.parametrize(
    "text",
    [
        *("laboratoire", "collabo", "labo-test", "sous-labo", "usager·ère", "labo_1"),
        *("https://labo.example/usager", "labo@example.org", "www.labo.example"),
        *("et/labo", "&labo;", "", " "),
    ],
)
def test_a_part_of_a_word_or_of_an_address_is_no_word(text):
    assert explained(f"<p>{text}</p>") == f"<p>{text}</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<h1>labo</h1>",
        "<h2>Le <em>labo</em></h2>",
        '<p><a href="/x">le <b>labo</b></a></p>',
        "<p><code>labo</code></p>",
        "<pre>labo</pre>",
        "<p><kbd>labo</kbd> <abbr>labo</abbr> <cite>labo</cite> <dfn>labo</dfn></p>",
        "<blockquote><footer>labo</footer></blockquote>",
        "<figure><figcaption>labo <span>labo</span></figcaption></figure>",
        "<nav><ul><li>labo</li></ul></nav>",
        "<form><p>labo</p><label>labo</label><button>labo</button></form>",
        "<table><caption>labo</caption><tr><th>labo</th></tr></table>",
        "<dl><dt>labo</dt><dd>labo</dd></dl>",
        "<details><summary>labo</summary></details>",
        "<div>labo</div><section>labo</section>",
        '<p class="card-summary">labo</p>',
        '<ul class="links"><li>labo</li></ul>',
        '<p><span class="host">labo</span></p>',
        '<p><b aria-hidden="true">labo</b></p>',
        "<p hidden>labo</p>",
        "<svg><text>labo</text><title>labo</title></svg>",
        "<p><!-- labo --></p>",
        '<p title="labo"><img alt="le labo"></p>',
        "<script>let labo = '<p>labo</p>'</script>",
        "<textarea><p>labo</p></textarea>",
        "labo",
    ],
)
def test_nothing_is_explained_in_a_name_a_link_or_code(html):
    assert explained(html) == html


@pytest.mark.parametrize(
    "html",
    [
        "<p>labo</p>",
        "<p>un <em>labo</em></p>",
        "<ul><li>labo</li></ul>",
        "<ol><li><p>labo</p></li></ol>",
        '<ol class="steps"><li><p>labo</p></li></ol>',
        '<td class="lane">labo</td>',
        "<blockquote><p>labo</p><footer>x</footer></blockquote>",
        "<dl><dd><p>labo</p></dd></dl>",
        "<h2>labo</h2><p>labo</p>",
        "<p>a <br> b <img src=x> labo</p>",
        '<p><a href="/">x</a> labo</p>',
        "<div><p>labo</div>",
        "</p></div><p>labo</p>",
        "<p>a < b labo</p>",
    ],
)
def test_a_word_in_a_sentence_is_explained(html):
    assert met(html) == [("labo", 1)]


def test_each_text_is_read_in_the_language_that_it_is_in():
    html = (
        '<p>Our users</p><p lang="en">The user of a <i lang="fr">labo</i> and a lab</p>'
    )

    assert met(html) == [("user", 3), ("labo", 1)]


def test_what_is_in_no_language_of_the_glossary_stays():
    assert met('<p lang="de">Der labo user</p>') == []


@pytest.mark.parametrize(
    ("term", "forms"),
    [
        ("élu, élue", ("élu", "élue")),
        (
            "action learning; learning by doing",
            ("action learning", "learning by doing"),
        ),
        ("member (of the network)", ("member",)),
        ("preuve de concept (POC)", ("preuve de concept",)),
        ("(seul)", ()),
    ],
)
def test_a_term_names_all_its_forms(term, forms):
    assert forms_of(term) == forms


@given(st.text(alphabet="labo usgerp<>/&;'\"-=é\n", max_size=80))
def test_whatever_it_reads_it_only_adds_links(html):
    without = BeautifulSoup(explained(html), "html.parser").get_text()

    assert without == BeautifulSoup(html, "html.parser").get_text()


@pytest.fixture
def glossary(home):
    TermFactory(word_fr="labo", definition_fr="Une équipe.", word_en="lab")
    return mirrored(GlossaryPageFactory)


def links_on(client, page):
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    return [(link.get_text(), link["href"]) for link in soup.select("a.term-link")]


@pytest.mark.django_db
def test_a_page_explains_a_word_once_and_leads_to_the_glossary_of_the_reader(
    client, glossary
):
    method = mirrored(
        MethodPageFactory,
        title="Le labo",
        summary="Le labo.",
        purpose="<p>Pour un labo.</p>",
        tips="<p>Du labo.</p>",
    )

    shown = [links_on(client, version) for version in in_both_languages(method)]

    addresses = [page.url for page in in_both_languages(glossary)]
    key = glossary.terms.get().pk
    assert shown == [[("labo", f"{address}#term-{key}")] for address in addresses]


@pytest.mark.django_db
def test_a_definition_is_text_whatever_stands_in_it(client, glossary):
    hostile = """"><script>alert('x')</script> & <b>co</b>"""
    TermFactory(word_fr="atelier", definition_fr=hostile, word_en="workshop")
    page = StandardPageFactory(body=[("text", "<p>Un atelier.</p>")])

    html = client.get(page.url).content.decode()
    link = BeautifulSoup(html, "html.parser").select_one("a.term-link")

    assert (link["title"], link.text) == (hostile, "atelier")
    assert "<script>alert" not in html


def test_the_glossary_explains_no_word_by_itself(client, glossary):
    glossary.introduction = "<p>Le labo.</p>"
    glossary.save()

    assert links_on(client, glossary) == []


@pytest.mark.django_db
@pytest.mark.parametrize("hidden", ["offline", "restricted", "draft word", "unticked"])
def test_what_readers_may_not_read_explains_nothing(client, glossary, hidden):
    method = MethodPageFactory(purpose="<p>Pour un labo.</p>")
    term = glossary.terms.get()
    if hidden == "offline":
        glossary.unpublish()
    elif hidden == "restricted":
        PageViewRestriction.objects.create(page=glossary, restriction_type="login")
    else:
        term.live = hidden != "draft word"
        term.explained_fr = False
        term.save()

    assert links_on(client, method) == []


@pytest.mark.django_db
def test_a_case_explains_what_took_place_and_not_its_facts(client, glossary):
    case = CasePageFactory(sponsor="Le labo", context="<p>Un labo.</p>")

    assert [text for text, _ in links_on(client, case)] == ["labo"]
