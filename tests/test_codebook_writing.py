"""What is written is read back as it was, in TOML and in REFI-QDA."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.codebook import checked, export_qdc, import_qdc, parse_codebook, read_codebook, topic_from, write_codebook
from app.codebook.fields import ENTITY_LABELS, WORD_LISTS
from app.domain import Topic
from app.resources import resource_dir

CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF) if chr(code) not in "\t\n\r"]
SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters=CONTROLS)
TRICKY = st.sampled_from([*";\"'\\\n\r\t:[]{}#&<>=“,", "; ", "\n\n", "\n\nId: b", "\nTerms: x", '"""', "]]>"])
TEXTS = st.lists(SIGNS | TRICKY, max_size=12).map("".join)
WORDS = TEXTS.map(str.strip).filter(lambda word: 0 < len(word) <= 200 and len(word.split()) <= 12)
LABELS = WORDS.filter(lambda label: len(label) <= 80)
ENTITIES = st.tuples(st.sampled_from(ENTITY_LABELS), WORDS).map(": ".join).filter(lambda one: len(one.split()) <= 12)
TOKENS = st.fixed_dictionaries(
    {"LEMMA": WORDS | st.fixed_dictionaries({"IN": st.lists(WORDS, min_size=1, max_size=3)})},
    optional={"IS_TITLE": st.booleans(), "OP": st.sampled_from(["{1}", "{1,2}"])},
)
LISTS = {field: st.lists(ENTITIES if field == "entities" else WORDS, max_size=4) for field in WORD_LISTS}
TOPICS = st.builds(
    lambda **values: topic_from(values),
    id=st.from_regex(r"[a-z0-9][a-z0-9_-]{0,63}", fullmatch=True).filter(lambda name: name != "other"),
    label=LABELS,
    description=TEXTS,
    colour=st.from_regex(r"#[0-9a-fA-F]{6}", fullmatch=True),
    patterns=st.lists(st.lists(TOKENS, min_size=1, max_size=2), max_size=2),
    **LISTS,
)
BOOKS = st.lists(TOPICS, max_size=3, unique_by=lambda topic: topic.id).map(tuple)


@given(BOOKS)
def test_a_book_in_toml_comes_back_as_it_was(topics: tuple[Topic, ...]) -> None:
    written = write_codebook(topics)
    assert parse_codebook(written, "topics.toml") == topics
    assert parse_codebook(written.encode(), "topics.toml") == topics


@given(BOOKS.filter(bool))
def test_a_book_in_refi_qda_comes_back_as_it_was(topics: tuple[Topic, ...]) -> None:
    assert import_qdc(export_qdc(topics)) == topics


@given(TOPICS)
def test_a_topic_that_was_checked_stays_as_it_is(topic: Topic) -> None:
    assert checked(topic) == topic


def test_the_seeds_come_back_as_they_were() -> None:
    topics = read_codebook(resource_dir("seeds") / "topics.toml")
    assert parse_codebook(write_codebook(topics), "topics.toml") == topics
    assert import_qdc(export_qdc(topics)) == topics


def test_a_topic_is_a_block_of_the_fields_that_hold_something_in_one_order() -> None:
    topic = Topic("a", 'Say "oil"', "", "#123456", names=("OPEC",), patterns=('[{"LOWER":"gas","IS_TITLE":false}]',))
    assert write_codebook([topic, Topic("b", "B", "Two\nlines.", "#654321")]) == (
        '[[topic]]\nid = "a"\nlabel = "Say \\"oil\\""\ncolour = "#123456"\nnames = ["OPEC"]\n'
        'patterns = [[{LOWER = "gas", IS_TITLE = false}]]\n\n'
        '[[topic]]\nid = "b"\nlabel = "B"\ndescription = "Two\\nlines."\ncolour = "#654321"\n'
    )


def test_a_long_list_is_wrapped() -> None:
    topic = Topic("a", "A", "", "#123456", terms=tuple(f"term number {number}" for number in range(40)))
    written = write_codebook([topic])
    assert max(len(line) for line in written.splitlines()) <= 120
    assert len(written.splitlines()) <= 13
    assert tomllib.loads(written)["topic"][0]["terms"] == list(topic.terms)


def test_a_word_wider_than_the_page_stands_alone() -> None:
    topic = Topic("a", "A", "", "#123456", terms=("x" * 200, "y" * 200))
    lines = write_codebook([topic]).splitlines()
    assert lines[-4:] == ["terms = [", f'  "{"x" * 200}",', f'  "{"y" * 200}",', "]"]


def test_no_topics_are_an_empty_file() -> None:
    assert write_codebook([]) == ""
    assert parse_codebook("", "topics.toml") == ()


@pytest.mark.parametrize("patterns", [2, 9])
def test_many_patterns_stand_one_a_line(patterns: int) -> None:
    words = tuple(f'[{{"LEMMA":"a rather long word {number} that fills its line"}}]' for number in range(patterns))
    written = write_codebook([Topic("a", "A", "", "#123456", patterns=words)])
    assert parse_codebook(written, "a")[0].patterns == words
    assert written.count("\n  [{LEMMA") == patterns
