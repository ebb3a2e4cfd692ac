import datetime as dt
from dataclasses import replace

import pytest

from app.domain import AttributionKind
from app.present.citing.copies import html, markdown, source_address
from app.present.citing.line import citation
from tests.present.rows import quote_row

TEXT = "“We are\ncalm,” Putin said."
QUOTE = quote_row(TEXT, "We are\ncalm", TEXT, source="Putin", cue="said")


def test_a_citation_has_words_speaker_title_publisher_and_date() -> None:
    dated = replace(QUOTE, article=replace(QUOTE.article, date=dt.date(2024, 5, 16)))
    assert citation(dated) == "“We are calm” – Vladimir Putin, in “Leaders meet”, The Example, 16 May 2024."


def test_reported_words_get_no_quotation_marks() -> None:
    assert citation(replace(QUOTE, kind=AttributionKind.INDIRECT)).startswith("We are calm (reported) – Vladimir Putin")


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(QUOTE, speaker=None, article=replace(QUOTE.article, publisher=None))
    assert citation(bare) == "“We are calm” – “Putin”, in “Leaders meet”."


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", ""])
def test_what_is_no_address_of_the_web_is_cited_nowhere(url: str) -> None:
    odd = replace(QUOTE, article=replace(QUOTE.article, url=url))
    assert source_address(odd) is None
    assert "javascript" not in markdown(odd) + html(odd)


def test_no_address_ends_its_link_in_markdown_before_its_end() -> None:
    odd = replace(QUOTE, article=replace(QUOTE.article, url="https://a.example/?>)\n[x](javascript:y)"))
    assert "(<https://a.example/?%3E)%0A[x](javascript:y)#:~:text=We%20are%20calm>)" in markdown(odd)
