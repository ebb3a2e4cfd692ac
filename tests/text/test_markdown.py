import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import DatePrecision, ParagraphKind
from app.text.markdown import blocks_of
from app.text.runs import pieces
from tests.text.making import held, read, words

H, B, L = ParagraphKind.HEADING, ParagraphKind.BODY, ParagraphKind.LIST


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("# A *new* day\n\nWords\nhere.", [(H, "A new day"), (B, "Words here.")]),
        ("A day\n=====\n\nWords.", [(H, "A day"), (B, "Words.")]),
        ("See [the *words*](http://x) and ![none](y.png)now.", [(B, "See the words and now.")]),
        ("Fish &amp; \\*ships\\* &lt;b&gt;", [(B, "Fish & *ships* <b>")]),
        ("- One\n- Two\n  goes on\n", [(L, "One"), (L, "Two goes on")]),
        ("> One.\n> goes on.\n>\n> Two.", [(B, "One. goes on."), (B, "Two.")]),
        ("| a | b |\n|---|---|\n| c | d |", [(B, "a\tb"), (B, "c\td")]),
        ("**Nuclear threat**\n\nIt grows.", [(H, "Nuclear threat"), (B, "It grows.")]),
        ("<div><p>Raw <b>words</b>.</p></div>\n\nMore.", [(B, "Raw words."), (B, "More.")]),
        ("PRESIDENT KLEIN: We met.\n\nMore.", [(ParagraphKind.TURN, "PRESIDENT KLEIN: We met."), (B, "More.")]),
        ("One.\r\n\r\nTwo\r\ngoes on.\r\n", [(B, "One."), (B, "Two goes on.")]),
    ],
)
def test_markdown_comes_out_as_it_is_shown(source: str, found: list[tuple[ParagraphKind, str]]) -> None:
    document = read(source, "a.md")
    assert words(document) == found
    held(document, source)


def test_front_matter_says_what_is_known() -> None:
    front = (
        "---\ntitle: 'Joint statement'\ndate: March 2023\nauthor: Ann Klein\n"
        "source: https://halden.example/a\nlang: en-GB\n---\n"
    )
    article = read(f"{front}\n# Other\n\nWords.", "a.md").article
    assert (article.title, article.byline, article.url) == ("Joint statement", "Ann Klein", "https://halden.example/a")
    assert (article.date, article.date_precision) == (dt.date(2023, 3, 1), DatePrecision.MONTH)
    assert article.language == "en"
    assert article.text == "Other\n\nWords."
    held(read(f"{front}\n# Other\n\nWords.", "a.md"), f"{front}\n# Other\n\nWords.")


@given(
    st.lists(
        st.sampled_from([*"#*_[]()>-`|\\&<\n\r", "\n\n", "\r\n", "word", " ", "&amp;", "![", "](", "- ", "> ", "é"]),
        max_size=60,
    )
)
def test_every_piece_lies_in_order_and_says_what_is_true(parts: list[str]) -> None:
    source = "".join(parts)
    at = 0
    for block in blocks_of(source):
        for piece in pieces(block.runs, 0):
            assert at <= piece.source.start <= piece.source.end <= len(source)
            assert piece.change or piece.span.of(block.text) == piece.source.of(source)
            at = piece.source.start
