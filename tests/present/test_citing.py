import datetime as dt
from dataclasses import replace

from app.domain import AttributionKind
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
