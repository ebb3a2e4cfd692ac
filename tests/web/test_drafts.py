import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.codebook import topic_from
from app.domain import Topic
from app.present.topic_fields import FIELDS, LISTS
from app.web.drafts import Draft, blank, draft_of, new_id, read_draft

TOPIC = Topic(
    id="energy",
    label="Energy",
    description="Oil and gas.",
    colour="#b45309",
    terms=("oil", "natural gas"),
    names=("OPEC",),
    entities=("GPE: Georgia",),
    excluded=("oil painting",),
    mentions=("the deal",),
    voices=("energy minister",),
    patterns=topic_from({"id": "x", "patterns": [[{"LEMMA": "gas"}, {"LOWER": "price"}]]}).patterns,
)


def test_a_topic_that_is_only_looked_at_is_the_same_topic() -> None:
    checked = read_draft(draft_of(TOPIC), "energy")
    assert (checked.topic, checked.errors) == (TOPIC, {})


def test_blank_lines_and_blanks_around_words_are_no_entries() -> None:
    checked = read_draft(Draft({"label": " Energy ", "terms": "\n  oil \n\n gas\n"}), "energy")
    assert checked.topic.terms == ("oil", "gas")
    assert (checked.topic.label, checked.errors) == ("Energy", {})


def test_every_field_that_is_wrong_is_told_with_its_line_and_the_others_are_read() -> None:
    draft = Draft(
        {"label": "", "terms": "oil", "entities": "GPE: Georgia\n\nGeorgia", "patterns": "{", "colour": "red"}
    )
    checked = read_draft(draft, "energy")
    assert set(checked.errors) == {"label", "entities", "patterns", "colour"}
    assert checked.errors["entities"].startswith("Line 3: it has the entry “Georgia”")
    assert checked.errors["patterns"].startswith("Line 1: it is no JSON")
    assert checked.errors["colour"].startswith("It needs a colour such as #b45309")
    assert checked.topic.terms == ("oil",)


@pytest.mark.parametrize("name", [field.name for field in LISTS if field.example])
def test_the_example_of_a_list_can_be_used(name: str) -> None:
    checked = read_draft(Draft({"label": "x", name: FIELDS[name].example}), "x")
    assert not checked.errors
    assert len(getattr(checked.topic, name)) == 1


@pytest.mark.parametrize(
    ("label", "made"),
    [
        ("Climate change", "climate-change"),
        ("Энергия", "energiia"),
        ("New", "new-2"),
        ("Other", "other-2"),
        ("Energy", "energy-3"),
        ("…", "topic"),
    ],
)
def test_an_id_is_made_of_the_label_and_is_free(label: str, made: str) -> None:
    assert new_id(label, {"energy", "energy-2"}) == made


def test_a_new_form_may_come_with_words() -> None:
    assert blank("Trade", ["tariff", "customs"])["terms"] == "tariff\ncustoms"


@given(st.text(max_size=80))
def test_whatever_the_label_the_id_can_be_used(label: str) -> None:
    assert topic_from({"id": new_id(label, ()), "label": "x"})


@given(st.dictionaries(st.sampled_from(list(FIELDS)), st.text(max_size=60)))
def test_whatever_is_typed_is_read_or_told(texts: dict[str, str]) -> None:
    checked = read_draft(Draft(texts), "x")
    assert checked.topic.id == "x"
    assert all(checked.errors.values())
