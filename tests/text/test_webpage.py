import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import DatePrecision, Document, ParagraphKind
from app.text.reading import Given, read_document
from tests.text.making import held, read, refusal, words

H, B = ParagraphKind.HEADING, ParagraphKind.BODY
LONG = "The leaders of Norland and Sudovia met on Thursday in Halden and spoke for hours about grain, officials said."
MORE = "They will meet again in the spring, when the bridge over the river is to be opened, a spokesman said."


def page(body: str, head: str = "", attributes: str = "") -> str:
    return f"<!doctype html><html{attributes}><head>{head}</head><body>{body}</body></html>"


def article(inside: str, head: str = "") -> str:
    return page(f"<article><h1>Leaders meet</h1><p>{LONG}</p>{inside}<p>{MORE}</p></article>", head)


def texts(document: Document) -> list[str]:
    return [text for _, text in words(document)]


def inside(html: str) -> list[str]:
    """What comes out of *html* between the first paragraphs and the last."""
    return texts(read(article(html)))[2:-1]


def test_the_article_comes_out_with_its_headline_and_without_what_stands_around() -> None:
    source = page(
        f"<nav><ul><li><a href=/>Home</a></ul></nav><main><h1>Leaders meet</h1><p>{LONG}</p>"
        f"<h2>A treaty</h2><p>{MORE}</p></main>"
        "<aside class=related><h3>Related</h3><p>Another story about the price of fish in the north.</p></aside>"
        "<footer><p>© 2024 The Post. All rights reserved.</p></footer>"
    )
    document = read(source)
    assert words(document) == [(H, "Leaders meet"), (B, LONG), (H, "A treaty"), (B, MORE)]
    held(document, source)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>a<b>b</b>solutely nothing<span>s</span></p>", ["absolutely nothings"]),
        ("<p>Ann went.<br><br>Bo went.</p>", ["Ann went.", "Bo went."]),
        (f"<p>{MORE[:-1]} and<br>went on.</p>", [f"{MORE[:-1]} and went on."]),
        ("<blockquote><p>Ann went.</p><p>Bo went.</p></blockquote>", ["Ann went.", "Bo went."]),
        ("<p>Fish &amp; ships &mdash; &#8220;both&#x201d; &no; 5 < 6</p>", ["Fish & ships — “both” &no; 5 < 6"]),
        ("<p>no\u00adthing is\u200b here</p>", ["nothing is here"]),
        ("<p>She said <q>never</q> twice.</p>", ["She said “never” twice."]),
        ("<p>It holds.<sup><a href='#f1'>[1]</a></sup> The 2<sup>nd</sup> time.</p>", ["It holds. The 2nd time."]),
        ("<p>Words<script>var a = '<p>none</p>';</script> here.</p>", ["Words here."]),
        ("<p hidden>None.</p><p style='display: none'>None.</p><p>Some here.</p>", ["Some here."]),
        ("<p>  Many\n\t blanks   here. </p>", ["Many blanks here."]),
        ("<ul><li>First thing<li>Second thing</ul>", ["First thing", "Second thing"]),
        ("<table><tr><td>Norland<td>41<tr><td>Sudovia<td>59</table>", ["Norland\t41", "Sudovia\t59"]),
        ("<pre>Ann went.\n\nBo went.</pre>", ["Ann went.", "Bo went."]),
    ],
)  # fmt: skip
def test_text_comes_out_as_a_reader_sees_it(html: str, found: list[str]) -> None:
    assert inside(html) == found
    source = article(html)
    held(read(source), source)


@pytest.mark.parametrize(
    "html",
    [
        "<p><strong>Read more: <a href=/o>Why the bridge fell</a></strong></p>",
        "<p>Sign up for our morning briefing.</p>",
        "<p>Share this article</p>",
        "<p>We use cookies to make this site better.</p>",
        "<div class='author-bio'><p>Ann Klein has written about rivers for twenty years and more.</p></div>",
        "<div class='newsletter-signup'><p>The best of our reporting, each morning at six.</p></div>",
        "<p>Advertisement</p>",
    ],
)
def test_what_sites_put_between_paragraphs_is_left_out(html: str) -> None:
    assert inside(html) == []


def test_how_much_was_left_out_is_told() -> None:
    document = read(article("<p>Read more: why the bridge fell</p><p>Share this article</p>"))
    assert document.notes == ("2 lines were left out as none of the article, such as “Read more” or “Sign up”.",)


@pytest.mark.parametrize(
    "sentence",
    [
        "More on trade was expected from the two leaders, who did not meet the press on Thursday evening.",
        "Follow us, he told the crowd, and we will cross the river.",
        "Share prices fell by a tenth.",
    ],
)
def test_a_sentence_that_only_begins_like_a_notice_stays(sentence: str) -> None:
    assert inside(f"<p>{sentence}</p>") == [sentence]


def test_captions_are_kept_apart() -> None:
    found = words(read(article("<figure><img src=a><figcaption>The hall at night.</figcaption></figure>")))
    assert (ParagraphKind.CAPTION, "The hall at night.") in found


def test_turns_and_bold_lines_are_told_apart() -> None:
    found = words(read(article("<p><strong>PRESIDENT KLEIN:</strong> We met.</p><p><b>Nuclear threat</b></p>")))
    assert found[2:4] == [(ParagraphKind.TURN, "PRESIDENT KLEIN: We met."), (H, "Nuclear threat")]


def test_a_headline_that_only_the_head_has_comes_first_without_a_place() -> None:
    document = read(
        page(f"<article><p>{LONG}</p><p>{MORE}</p></article>", '<meta property="og:title" content="Leaders meet">')
    )
    assert words(document)[0] == (H, "Leaders meet")
    assert document.sources[0].span.start == len("Leaders meet") + 2


FACTS = [
    ('<meta property="article:published_time" content="2024-05-16T10:00:00Z">', "date", dt.date(2024, 5, 16)),
    ('<meta name="date" content="March 2023">', "date", dt.date(2023, 3, 1)),
    ('<meta name="author" content="By Ann Klein">', "byline", "Ann Klein"),
    ('<meta property="og:site_name" content="The Post">', "publisher", "The Post"),
    ('<meta name="application-name" content="The Post">', "publisher", "The Post"),
    ('<link rel="canonical" href="/b">', "url", "https://www.post.example/b"),
    ('<link rel="canonical" href="https://post.example/b">', "url", "https://post.example/b"),
    ('<link rel="canonical" href="javascript:alert(1)">', "url", "https://www.post.example/a"),
    ('<link rel="canonical" href="https://evil.example/b">', "url", "https://www.post.example/a"),
    ('<link rel="canonical" href="http://[::1">', "url", "https://www.post.example/a"),
    ('<meta property="og:locale" content="en_GB">', "language", "en"),
]


@pytest.mark.parametrize(("head", "field", "value"), FACTS)
def test_the_head_says_what_is_known(head: str, field: str, value: object) -> None:
    known = Given(url="https://www.post.example/a")
    found = read_document(article("", head).encode(), known, max_characters=10_000).article
    assert getattr(found, field) == value


def test_linked_data_says_what_is_known() -> None:
    news = {
        "@type": ["NewsArticle"],
        "headline": "Leaders meet",
        "datePublished": "2024-05",
        "author": [{"name": "Ann Klein"}, {"name": "Bo Brandt"}],
        "publisher": {"name": "The Post"},
    }
    data = {"@graph": [{"@type": "WebSite", "name": "x"}, news]}
    script = (
        f"<script type='application/ld+json'>{json.dumps(data)}</script><script type='application/ld+json'>[{{</script>"
    )
    found = read(article("", script)).article
    assert (found.byline, found.publisher, found.date) == ("Ann Klein, Bo Brandt", "The Post", dt.date(2024, 5, 1))
    assert found.date_precision is DatePrecision.MONTH


def test_a_date_beside_the_headline_is_found() -> None:
    html = page(f"<main><h1>Leaders meet</h1><p class=d>May 16, 2024</p><p>{LONG}</p><p>{MORE}</p></main>")
    assert read(html).article.date == dt.date(2024, 5, 16)


def test_what_is_given_wins() -> None:
    known = Given(title="My title", publisher="Mine", date=dt.date(2020, 1, 1), date_precision=DatePrecision.YEAR)
    head = '<meta property="og:site_name" content="The Post"><meta name="date" content="2024-05-16">'
    found = read_document(article("", head).encode(), known, max_characters=10_000).article
    assert (found.title, found.publisher, found.date) == ("My title", "Mine", dt.date(2020, 1, 1))
    assert found.date_precision is DatePrecision.YEAR


@pytest.mark.parametrize(
    ("data", "charset", "encoding"),
    [
        (article("<p>Café here.</p>").encode("utf-16"), None, "utf-16-le"),
        (article("<p>Café here.</p>", "<meta charset=iso-8859-1>").encode("cp1252"), None, "cp1252"),
        (article("<p>Café here.</p>").encode("cp1252"), "latin-1", "cp1252"),
        (article("<p>Café here.</p>").encode(), "no-such-charset", "utf-8"),
        (article("<p>Café here.</p>", "<meta charset=utf-8>").encode("cp1252"), None, "cp1252"),
    ],
)
def test_a_page_is_decoded_as_it_says_or_as_it_must_be(data: bytes, charset: str | None, encoding: str) -> None:
    document = read_document(data, Given(charset=charset), max_characters=10_000)
    assert "Café here." in document.article.text
    assert document.encoding == encoding


@pytest.mark.parametrize(
    "html",
    [
        page("<div id=root></div><script>render()</script>"),
        page("<noscript>You need to enable JavaScript.</noscript><p>Please enable JavaScript to go on.</p>"),
        page("<p>Log in to continue reading</p><form><input><button>Log in</button></form>"),
        page(""),
    ],
)
def test_a_page_without_an_article_says_so(html: str) -> None:
    assert refusal(html).startswith("This page has no text that can be read: it may be built by a script")


MARKUP = st.lists(
    st.sampled_from(
        "<p> </p> <b> </b> <br> <div> </div> <li> <td> <h2> </h2> <q> </q> <script> </script> &amp; &nbsp; &#8220; & < "
        "<!-- --> <a/href=x> </a> word Ann said“ ”. \u00ad \u200b é <blockquote> "
        "</blockquote> <pre> </pre> <tr> <table>".split()
    )
    | st.sampled_from([" ", "\n", "  \n", "some words of it "]),
    max_size=60,
)  # fmt: skip


@settings(max_examples=150)
@given(MARKUP)
def test_every_piece_lies_in_order_and_says_what_is_true(parts: list[str]) -> None:
    source = article("".join(parts))
    document = read(source)
    held(document, source)
    text = document.article.text
    for one in document.paragraphs:
        assert one.span.of(text) == one.span.of(text).strip()
        pieces = [piece for piece in document.sources if one.span.contains(piece.span)]
        assert "".join(piece.span.of(text) for piece in pieces) == one.span.of(text)
