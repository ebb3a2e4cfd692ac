"""The components in somebody else's pipeline: added by name, by config, to disk and back, in several processes."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from app.errors import AnalysisError
from app.nlp.pipeline import PREFERRED

OURS = ("layout", "quotations", "attributions", "speakers", "topics")
TEXT = (
    "Harbour talks\n\n"
    "“We will not wait,” Anna Berg said. “Prices will rise.”\n\n"
    "She added that the plan was “dead on arrival”. Experts say that rain may fall."
)
Found = list[tuple[Any, ...]]


def found_in(doc: Doc) -> tuple[Found, Found]:
    records = [(one.rule, one.speaker, one.reason, tuple(one.content), one.kind) for one in doc._.attributions]
    return records, [(span.label_, span.id_, span.text) for span in doc.spans["attributions"]]


@pytest.fixture(scope="module")
def strangers() -> Language:
    """A pipeline as a stranger puts it together, without a word of ours but the names."""
    name = next(name for name in PREFERRED if name in spacy.util.get_installed_models())
    nlp = spacy.load(name)
    nlp.add_pipe("layout", before="parser")
    for component in OURS[1:]:
        nlp.add_pipe(component)
    return nlp


def test_every_component_is_an_entry_point_of_the_package() -> None:
    assert set(OURS) <= {one.name for one in entry_points(group="spacy_factories") if one.value.startswith("app.")}


def test_the_names_work_where_nothing_of_ours_was_imported(tmp_path: Path) -> None:
    code = (
        "import sys, spacy; nlp = spacy.blank('en'); nlp.add_pipe('quotations'); "
        "doc = nlp('He said “no”, she “yes”.'); print([span.text for span in doc.spans['quotations']])"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    assert done.stdout == "['no', 'yes']\n"


def test_quotations_work_alone_in_any_language() -> None:
    for language, text in {
        "de": "Sie sagte: „Nein.“",
        "fr": "« Non », dit-elle.",
        "xx": "He said ‘no’ to her.",
    }.items():
        nlp = spacy.blank(language)
        nlp.add_pipe("quotations")
        doc = nlp(text)
        [found] = doc.spans["quotations"]
        assert found.text.strip(" .").lower() in ("nein", "non", "no")


@pytest.mark.parametrize(
    ("component", "message"),
    [("attributions", "add 'quotations'"), ("speakers", "add 'attributions'")],
)
def test_what_a_component_lacks_is_said_in_a_sentence(component: str, message: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(component)
    with pytest.raises(AnalysisError, match=message):
        nlp("Anna Berg said “no”.")


def test_a_missing_parser_is_named() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotations")
    nlp.add_pipe("attributions")
    with pytest.raises(AnalysisError, match="needs a parser before it"):
        nlp("Anna Berg said “no”.")


def test_a_text_without_words_lacks_nothing() -> None:
    nlp = spacy.blank("en")
    for component in OURS[1:]:
        nlp.add_pipe(component)
    assert nlp("")._.attributions == ()


@pytest.mark.model
def test_a_layout_after_the_parser_is_refused() -> None:
    nlp = spacy.load(next(name for name in PREFERRED if name in spacy.util.get_installed_models()))
    nlp.add_pipe("layout")
    with pytest.raises(AnalysisError, match='before="parser"'):
        nlp("Anna Berg said “no”.")


@pytest.mark.model
def test_a_plain_call_finds_who_said_what(strangers: Language) -> None:
    records, spans = found_in(strangers(TEXT))
    assert [str(kind) for *_, kind in records] == ["direct", "mixed", "indirect"]
    assert [speaker and speaker.name for _, speaker, *_ in records] == ["Anna Berg", "Anna Berg", "Experts"]
    assert spans[:4] == [
        ("SOURCE", "0", "Anna Berg"),
        ("CUE", "0", "said"),
        ("CONTENT", "0", "We will not wait,"),
        ("CONTENT", "0", "Prices will rise."),
    ]


@pytest.mark.model
def test_a_pipeline_written_to_disk_finds_the_same(strangers: Language, tmp_path: Path) -> None:
    strangers.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again.config["components"]["topics"]["topics"] == []
    assert found_in(again(TEXT)) == found_in(strangers(TEXT))


@pytest.mark.model
def test_two_processes_find_the_same(strangers: Language) -> None:
    expected = found_in(strangers(TEXT))
    assert [found_in(doc) for doc in strangers.pipe([TEXT] * 4, n_process=2, batch_size=2)] == [expected] * 4


@pytest.mark.model
def test_findings_come_back_from_a_doc_bin(strangers: Language) -> None:
    doc = strangers(TEXT)
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    [again] = DocBin().from_bytes(stored).get_docs(strangers.vocab)
    assert found_in(again) == found_in(doc)


@pytest.mark.model
def test_every_key_can_be_another(strangers: Language) -> None:
    nlp = spacy.load(next(name for name in PREFERRED if name in spacy.util.get_installed_models()))
    laid = {"paragraphs_key": "p", "headings_key": "h"}
    nlp.add_pipe("layout", before="parser", config={"paragraphs_key": "p", "spans_key": "h"})
    nlp.add_pipe("quotations", config={"paragraphs_key": "p", "spans_key": "q"})
    nlp.add_pipe("attributions", config={**laid, "quotations_key": "q", "cues_key": "c", "spans_key": "a"})
    nlp.add_pipe("speakers", config={**laid, "quotations_key": "q", "spans_key": "a"})
    doc = nlp(TEXT)
    assert set(doc.spans) == {"p", "h", "q", "c", "a"}
    assert [(one.label_, one.id_, one.text) for one in doc.spans["a"]] == found_in(strangers(TEXT))[1]


@pytest.mark.model
def test_what_each_component_needs_is_met_in_the_shipped_order(strangers: Language) -> None:
    analysis = strangers.analyze_pipes()
    assert analysis is not None
    assert not [name for name in OURS if analysis["problems"][name]]
