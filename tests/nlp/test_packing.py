"""Findings travel with their ``Doc``: through bytes, a ``DocBin`` and a pickle."""

from __future__ import annotations

import pickle

from spacy.tokens import Doc, DocBin

from app.domain import Speaker, SpeakerKind
from app.nlp.scene import Scene
from tests.nlp.docs import VOCAB, doc_of, linked

LINES = """
“~ . 4 punct
Gas R 2 nsubj
fell~ V 4 ccomp
,~ . 4 punct
” . 4 punct
Ann P 6 compound
Lee P 7 nsubj
said~ V 7 ROOT say
.~ . 7 punct
¶ _ 8 dep
“~ . 11 punct
So R 11 nsubj
be~ V 12 ROOT
it~ R 12 dobj
.~ . 12 punct
” . 12 punct
"""


def found() -> Doc:
    lines = LINES.replace("“~ . 4", "“~ . 2", 1).replace("fell~ V 4", "fell~ V 7").replace("” . 4", "” . 7")
    lines = lines.replace(",~ . 4", ",~ . 7").replace("“~ . 11", "“~ . 12").replace("So R 11", "So R 12")
    doc = linked(doc_of(lines, starts=(0, 10)))
    for record in doc._.attributions:
        record.speaker = Speaker("Ann Lee", SpeakerKind.PERSON)
    return doc


def told(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (
            one.rule,
            one.kind,
            one.content,
            one.source,
            one.cue,
            one.quotes,
            one.speaker,
            one.follows and one.follows.rule,
        )
        for one in doc._.attributions
    ]


def test_attributions_and_quotations_come_back_from_bytes_as_they_were() -> None:
    doc = found()
    again = Doc(VOCAB).from_bytes(doc.to_bytes())
    assert len(told(doc)) == 2
    assert told(again) == told(doc)
    assert again._.quotations == doc._.quotations
    assert [(span.label_, span.id_, span.text) for span in again.spans["attributions"]] == [
        (span.label_, span.id_, span.text) for span in doc.spans["attributions"]
    ]


def test_a_record_that_goes_on_from_another_still_does() -> None:
    again = Doc(VOCAB).from_bytes(found().to_bytes())
    first, second = again._.attributions
    assert second.follows is first


def test_they_come_back_from_a_doc_bin_and_a_pickle() -> None:
    doc = found()
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    [unpacked] = DocBin().from_bytes(stored).get_docs(VOCAB)
    assert told(unpacked) == told(doc)
    assert told(pickle.loads(pickle.dumps(doc))) == told(doc)


def test_a_scene_is_worked_out_anew() -> None:
    doc = found()
    assert doc._.scene is not None
    again = Doc(VOCAB).from_bytes(doc.to_bytes())
    assert again._.scene is None
    assert Scene.of(again).doc is again


def test_a_text_without_findings_has_none_afterwards() -> None:
    doc = doc_of("Rain P 1 nsubj\nfell V 1 ROOT")
    assert doc._.attributions == ()
    assert Doc(VOCAB).from_bytes(doc.to_bytes())._.attributions == ()
