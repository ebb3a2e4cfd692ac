"""The shipped pipeline on real text; these tests load the model."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.codebook import read_codebook
from app.domain import Analysis, AttributionKind, ParagraphKind
from app.errors import AnalysisError
from app.nlp.pipeline import Analyser, build_pipeline
from app.resources import resource_dir
from app.text.paragraphs import split_paragraphs

pytestmark = pytest.mark.model

EVAL = Path(__file__).parents[3] / "shared" / "eval"
needs_eval = pytest.mark.skipif(not EVAL.is_dir(), reason="the evaluation data are not beside this checkout")

LEADERS = "Xi Jinping; Vladimir Putin"
SEED = [
    ("simply freeze", "Zelensky", ("ukraine",)),
    ("prepare and come back again", "Zelensky", ("ukraine",)),
    ("urge the United States", LEADERS, ("us",)),
    ("overall convergence", "Alexander Korolev", ("other",)),
    ("It’s very explicit", "Alexander Korolev", ("us",)),
    ("serious concerns", LEADERS, ("nato",)),
    ("continuous strengthening", LEADERS, ("nato",)),
    ("oppose external military forces", LEADERS, ("nato",)),
    ("will build a closer energy partnership", LEADERS, ("energy",)),
    ("implementation of the initiative", "Vladimir Putin", ("energy",)),
]


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser(None, read_codebook(resource_dir("seeds") / "topics.toml"))


@pytest.fixture(scope="module")
def seed_text() -> str:
    (path,) = resource_dir("seeds").glob("*.txt")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def seed(analyser: Analyser, seed_text: str) -> Analysis:
    return analyser.analyse(seed_text, split_paragraphs(seed_text))


def test_the_seed_has_its_ten_quotations_with_speakers_and_topics(seed: Analysis, seed_text: str) -> None:
    found = [
        (quote.span.of(seed_text), seed.attributions[quote.attribution].speaker, quote.topics)
        for quote in seed.quotes
        if quote.kind is not AttributionKind.INDIRECT
    ]
    assert len(found) == len(SEED)
    for (words, speaker, topics), (start, name, expected) in zip(found, SEED, strict=True):
        assert words.startswith(start)
        assert speaker is not None
        assert (speaker.name, topics) == (name, expected), words


def test_the_two_pieces_of_one_sentence_are_one_attribution(seed: Analysis) -> None:
    quoted = [quote.attribution for quote in seed.quotes if quote.kind is not AttributionKind.INDIRECT]
    assert quoted[0] == quoted[1]
    assert quoted[5] == quoted[6] != quoted[7]


def test_headings_and_dateline_are_in_no_speaker_and_no_quote(seed: Analysis, seed_text: str) -> None:
    apart = [one for one in seed.paragraphs if one.kind in (ParagraphKind.HEADING, ParagraphKind.DATELINE)]
    words = [one.span.of(seed_text) for one in apart]
    assert words[1:] == ["CNNHong Kong CNN —", "New world order and alignment against the US"]
    for attribution in seed.attributions:
        for span in (*attribution.source, *attribution.cue, *attribution.content):
            assert not any(span.start < one.span.end and one.span.start < span.end for one in apart)


def test_what_experts_say_without_marks_is_indirect(seed: Analysis) -> None:
    experts = [one for one in seed.attributions if one.speaker and one.speaker.name == "Experts"]
    assert [one.kind for one in experts] == [AttributionKind.INDIRECT]


def test_every_assignment_shows_its_words(seed: Analysis, seed_text: str) -> None:
    for quote in seed.quotes:
        assert quote.topics == (
            ("other",) if not quote.evidence else tuple(dict.fromkeys(e.topic for e in quote.evidence))
        )
        assert all((one.refers or one.span).of(seed_text) == one.term for one in quote.evidence)


def test_paragraphs_cover_every_letter_of_the_text(seed: Analysis, seed_text: str) -> None:
    covered = {i for one in seed.paragraphs for i in range(one.span.start, one.span.end)}
    assert [i for i, letter in enumerate(seed_text) if not letter.isspace() and i not in covered] == []


SCRAPS = [
    *("“", "”", '"', "«", "»", "'", "—", "?", ".", ",", ":", "\n", "\r\n", "\u00a0", "\u200b", "2"),
    *("he said", "Xi and Putin", "NATO", "said", "the statement", "It is dear", "gas", "according to", "told"),
    *("𝕏", "e\u0301", "x" * 500),
]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(SCRAPS), max_size=40))
@example(["“", "”", "told", "It is dear", "\n", "It is dear", "”"])  # a blank between marks, with a name below it
def test_every_span_of_any_text_lies_in_it_and_reads_the_same(analyser: Analyser, parts: list[str]) -> None:
    text = " ".join(parts)
    analysis = analyser.analyse(text, split_paragraphs(text))
    for quote in analysis.quotes:
        assert 0 <= quote.span.start < quote.span.end <= len(text)
        attribution = analysis.attributions[quote.attribution]
        assert attribution.sentence.contains(attribution.clause)
        assert attribution.clause.contains(quote.span)
    for attribution in analysis.attributions:
        assert attribution.content
        assert all(span.start < span.end <= len(text) for span in attribution.content)
    for one, following in zip(analysis.paragraphs, analysis.paragraphs[1:], strict=False):
        assert one.span.end <= following.span.start


@pytest.mark.parametrize("text", ["", " \n ", "a" * 5_000, '"' * 2_000, "“unclosed", "No quotes at all."])
def test_texts_without_quotes_have_none(analyser: Analyser, text: str) -> None:
    assert analyser.analyse(text, split_paragraphs(text)).attributions == ()


def test_long_texts_are_analysed_piece_by_piece_with_offsets_in_the_whole(analyser: Analyser) -> None:
    text = "The minister, Anna Berg, said: “Gas is dear today.” " * 900
    analysis = analyser.analyse(text, split_paragraphs(text))
    assert len(text) > 2 * 20_000
    assert {quote.span.of(text) for quote in analysis.quotes} == {"Gas is dear today."}
    assert len(analysis.quotes) == 900


def test_many_texts_come_back_in_their_order(analyser: Analyser) -> None:
    texts = [f"Anna Berg said “gas costs {n} euros”." for n in range(30)]
    found = list(analyser.analyse_many((text, split_paragraphs(text)) for text in texts))
    assert [one.quotes[0].span.of(text) for one, text in zip(found, texts, strict=True)] == [
        f"gas costs {n} euros" for n in range(30)
    ]


def test_a_missing_pipeline_is_named_with_the_command_to_run() -> None:
    with pytest.raises(AnalysisError, match="pip install xx-none-sm"):
        build_pipeline("xx_none_sm")
