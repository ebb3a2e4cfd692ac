import json

from app.domain import (
    Analysis,
    Attribution,
    AttributionKind,
    Paragraph,
    ParagraphKind,
    Quote,
    Speaker,
    SpeakerKind,
    TextSpan,
    TopicEvidence,
)
from app.present.analysis_json import analysis_record

TEXT = 'Ann Lee said "gas is dear". Experts say prices will fall. "Go!"'


def span_of(words: str) -> TextSpan:
    start = TEXT.index(words)
    return TextSpan(start, start + len(words))


def attribution(kind: AttributionKind, content: str, **given: object) -> Attribution:
    whole = TextSpan(0, len(TEXT))
    values: dict[str, object] = {
        "source": (),
        "cue": (),
        "speaker": None,
        "rule": "none",
        "reason": "nobody is named",
        **given,
    }
    return Attribution(
        content=(span_of(content),),
        kind=kind,
        clause=whole,
        sentence=whole,
        **values,  # type: ignore[arg-type]
    )


ANALYSIS = Analysis(
    paragraphs=(Paragraph(TextSpan(0, len(TEXT)), ParagraphKind.BODY, ("energy",)),),
    attributions=(
        attribution(
            AttributionKind.DIRECT,
            '"gas is dear"',
            source=(span_of("Ann Lee"),),
            cue=(span_of("said"),),
            speaker=Speaker("Ann Lee", SpeakerKind.PERSON),
            topics=("energy",),
            reason="named before the cue",
            chain=(span_of("Ann Lee"), span_of("Lee")),
            confidence=2 / 3,
        ),
        attribution(AttributionKind.INDIRECT, "prices will fall", cue=(span_of("say"),)),
        attribution(AttributionKind.DIRECT, '"Go!"'),
    ),
    quotes=(
        Quote(
            span_of("gas is dear"),
            0,
            AttributionKind.DIRECT,
            ("energy",),
            (TopicEvidence("energy", span_of("gas"), "gas", "quote"),),
        ),
        Quote(span_of("prices will fall"), 1, AttributionKind.INDIRECT, ("other",)),
        Quote(span_of("Go!"), 2, AttributionKind.DIRECT, ("other",)),
    ),
    pipeline="by hand",
)


def test_a_quote_is_written_with_its_offsets_speaker_cue_and_evidence() -> None:
    record = analysis_record("a", TEXT, ANALYSIS)
    assert record["quotes"][0] == {
        "start": 14,
        "end": 25,
        "text": "gas is dear",
        "speaker": "Ann Lee",
        "speaker_kind": "person",
        "cue": "said",
        "kind": "direct",
        "topics": ["energy"],
        "evidence": [
            {"topic": "energy", "start": 14, "end": 17, "term": "gas", "rule": "quote", "refers": None, "score": 1.0}
        ],
        "attribution": 0,
    }


def test_an_attribution_is_written_with_lists_of_offsets() -> None:
    assert analysis_record("a", TEXT, ANALYSIS)["attributions"][0] == {
        "source": [[0, 7]],
        "cue": [[8, 12]],
        "content": [[13, 26]],
        "kind": "direct",
        "speaker": "Ann Lee",
        "speaker_kind": "person",
        "topics": ["energy"],
        "evidence": [],
        "rule": ANALYSIS.attributions[0].rule,
        "reason": "named before the cue",
        "chain": [[0, 7], [4, 7]],
        "confidence": 0.667,
    }


def test_what_is_reported_without_marks_is_an_attribution_but_no_quote() -> None:
    record = analysis_record("a", TEXT, ANALYSIS)
    assert [found["kind"] for found in record["attributions"]] == ["direct", "indirect", "direct"]
    assert [(quote["text"], quote["attribution"]) for quote in record["quotes"]] == [
        ("gas is dear", 0),
        ("Go!", 2),
    ]


def test_a_quote_of_nobody_has_null_for_speaker_and_cue() -> None:
    quote = analysis_record("a", TEXT, ANALYSIS)["quotes"][1]
    assert quote["speaker"] is None
    assert quote["speaker_kind"] is None
    assert quote["cue"] is None
    assert quote["topics"] == ["other"]


def test_a_paragraph_is_written_with_its_kind_and_topics() -> None:
    assert analysis_record("a", TEXT, ANALYSIS)["paragraphs"] == [
        {"start": 0, "end": len(TEXT), "kind": "body", "topics": ["energy"]}
    ]


def test_the_record_survives_json_and_keeps_the_id_as_given() -> None:
    record = analysis_record(17, TEXT, ANALYSIS)
    assert json.loads(json.dumps(record)) == record
    assert record["id"] == 17
