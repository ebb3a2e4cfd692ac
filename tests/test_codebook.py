"""Code books in TOML as a person writes them, and what they are told when one cannot be used."""

import time
from pathlib import Path

import pytest

from app.codebook import CodeBookError, check_book, checked, parse_codebook, read_codebook, read_topics
from app.codebook.places import line_of
from app.domain import Topic
from app.errors import AppError
from app.resources import resource_dir


def test_the_seeds_have_the_four_topics() -> None:
    topics = read_codebook(resource_dir("seeds") / "topics.toml")
    assert [topic.id for topic in topics] == ["energy", "nato", "ukraine", "us"]
    assert all(topic.terms or topic.names for topic in topics)


def test_every_field_of_a_topic_is_read() -> None:
    text = """
    [[topic]]
    id = "georgia"
    label = " Georgia "
    description = "The country."
    colour = "#B91c1c"
    terms = ["black sea coast", " tbilisi", "tbilisi"]
    names = ["Tbilisi"]
    entities = ["GPE:Georgia", "ORG: Georgian Dream: the party"]
    excluded = ["Georgia Tech"]
    mentions = ["the country"]
    voices = ["Georgian prime minister"]
    patterns = [[{LEMMA = "gas", OP = "?"}, {LOWER = {IN = ["price", "prices"]}}]]
    """
    assert parse_codebook(text, "topics.toml") == (
        Topic(
            "georgia",
            "Georgia",
            "The country.",
            "#B91c1c",
            ("black sea coast", "tbilisi"),
            ("Tbilisi",),
            ("GPE: Georgia", "ORG: Georgian Dream: the party"),
            ("Georgia Tech",),
            ("the country",),
            ("Georgian prime minister",),
            ('[{"LEMMA":"gas","OP":"?"},{"LOWER":{"IN":["price","prices"]}}]',),
        ),
    )


@pytest.mark.parametrize("label", ["Ενέργεια", "能源", "الطاقة", "<b>Oil</b> & “gas”", 'say "oil"', "it's [[topic]]"])
def test_a_label_may_be_in_any_script_and_hold_markup_and_quotes(label: str) -> None:
    written = label.replace('"', '\\"')
    (topic,) = parse_codebook(f'[[topic]]\nid = "a"\nlabel = "{written}"', "topics.toml")
    assert topic.label == label


def test_a_topic_needs_an_id_and_nothing_else() -> None:
    assert parse_codebook("[[topic]]\nid = '2_a-b'", "topics.toml") == (Topic("2_a-b", "2_a-b", "", "#57534e"),)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf[[topic]]\r\nid = 'a'\r\n", b"[[topic]]\nid = 'a'"])
def test_a_byte_order_mark_and_the_line_ends_of_windows_are_fine(data: bytes) -> None:
    assert parse_codebook(data, "topics.toml")[0].id == "a"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("\n[[topic]]\nid = 'Oil & gas'", 3, "“Oil & gas” has an id that cannot be used: an id is made of"),
        (f"[[topic]]\nid = '{'a' * 65}'", 2, "64 characters at most"),
        ("[[topic]]\nlabel = 'a'", 1, "A topic without an id needs a field id"),
        ("[[topic]]\nid = 5", 2, "an id is made of"),
        ("[[topic]]\nid = 'other'", 2, "“other” is built in"),
        ("[[topic]]\nid = 'a'\nterm = ['x']", 3, "unknown field “term”; did you mean “terms”? Known are id, label,"),
        ("[[topic]]\nid = 'a'\n[topic.deep]\nx = 1", 3, "unknown field “deep”"),
        ("[[topic]]\nid = 'a'\ncolour = 'red'", 3, "needs a colour such as #b45309, not “red”"),
        ("[[topic]]\nid = 'a'\nlabel = ' '", 3, "has a blank label"),
        (f"[[topic]]\nid = 'a'\nlabel = '{'x' * 81}'", 3, "a label of 81 characters: 80 are allowed"),
        ('[[topic]]\nid = "a"\nlabel = "a\\u0000b"', 3, "control character in its label"),
        ("[[topic]]\nid = 'a'\ndescription = 1", 3, "needs a text in quotes as its description"),
        ("[[topic]]\nid = 'a'\nterms = 'gas'", 3, "needs a list in brackets as its terms"),
        ("[[topic]]\nid = 'a'\nterms = [\n 'x',\n 5,\n]", 5, "no text in quotes: 5"),
        ("[[topic]]\nid = 'a'\nterms = [\n 'x', # ' \n '',\n]", 5, "has an empty entry in terms"),
        ("[[topic]]\nid = 'a'\nnames = ['x',\n  '''\n  '''\n]", 4, "has an empty entry in names"),
        (f"[[topic]]\nid = 'a'\nterms = ['x',\n'{'x' * 201}']", 4, "too long, “xxx"),
        ("[[topic]]\nid = 'a'\nmentions = ['a b c d e f g h i j k l m']", 3, "200 characters and 12 words"),
        (f"[[topic]]\nid = 'a'\nterms = [{'1,' * 2001}]", 3, "2,001 entries in terms: 2,000 are allowed"),
        ("[[topic]]\nid = 'a'\nentities = [\n'GPE: Georgia',\n'Georgia']", 5, "labels are CARDINAL, DATE,"),
        ("[[topic]]\nid = 'a'\nentities = ['LAND: Georgia']", 3, "“LAND: Georgia” in entities"),
        ("[[topic]]\nid = 'a'\npatterns = [\n[{LOWER = 'a'}],\n[{LOWER='a', OP='*'}]]", 5, "exponential time"),
        ("[[topic]]\nid = 'a'\n\n[[topic]]\nid = 'a'", 5, "“a” is there more than once, first in line 2"),
        ("[[topic]]\nid = 'a'\nid = 'b'", 3, "cannot be read as TOML: Cannot overwrite a value"),
        ("[[topic]]\nid = 'a'\nterms = ['a' 'b']", 3, "column 14: This cannot be read as TOML: Unclosed array"),
        ("[[topic]]\nid = 'a'\nterms = ['a'", 3, "cannot be read as TOML"),
    ],
)
def test_a_topic_that_cannot_be_used_is_told_with_line_and_field(text: str, line: int, said: str) -> None:
    with pytest.raises(CodeBookError) as refused:
        parse_codebook(text, "topics.toml")
    message = str(refused.value)
    assert message.startswith(f"topics.toml, line {line}")
    assert said in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id = 'a'", "“id” stands outside of a topic"),
        ("[topic]\nid = 'a'", "two pairs of brackets"),
        ("topic = 5", "two pairs of brackets"),
        ("".join(f"[[topic]]\nid = 'a{number}'\n" for number in range(501)), "500 topics at most, not 501"),
        ("a = " + "[" * 5000, "nested too deeply"),
        (b"[[topic]]\nid = '\xff'", "line 2 is not UTF-8"),
        (b"#" * 10_000_001, "10 MB are allowed"),
    ],
)
def test_a_book_that_cannot_be_used_is_named(text: str | bytes, said: str) -> None:
    with pytest.raises(CodeBookError, match=said) as refused:
        parse_codebook(text, "topics.toml")
    assert "topics.toml" in str(refused.value)


def test_five_hundred_topics_of_two_hundred_terms_are_fine() -> None:
    terms = ", ".join(f"'term {number}'" for number in range(200))
    text = "".join(f"[[topic]]\nid = 'a{number}'\nterms = [{terms}]\n" for number in range(500))
    assert len(parse_codebook(text, "topics.toml")) == 500


def test_a_missing_code_book_is_named(tmp_path: Path) -> None:
    with pytest.raises(AppError, match=r"none\.toml cannot be read: No such file"):
        read_codebook(tmp_path / "none.toml")
    with pytest.raises(AppError, match="cannot be read"):
        read_topics(tmp_path)


def test_a_topic_from_elsewhere_is_held_to_the_same_rules() -> None:
    good = Topic("a", "A", "", "#123456", ("gas",), patterns=('[{"LOWER":"gas"}]',))
    assert checked(good) == good
    with pytest.raises(CodeBookError, match="has an empty entry in voices"):
        checked(Topic("a", "A", "", "#123456", voices=("",)))
    with pytest.raises(CodeBookError, match="“a” is there more than once"):
        check_book([good, good])


def test_lines_are_found_whatever_stands_in_texts_and_comments() -> None:
    text = (
        '# [[topic]]\n[[topic]] # "\nid = """a\n[[topic]]\n\\""" x"""\n"terms" = ["]", # ]\n"b"]\n[[topic]]\nid = \'"\''
    )
    assert line_of(text, 0) == 2
    assert line_of(text, 0, "id") == 3
    assert line_of(text, 0, "terms", 1) == 7
    assert line_of(text, 0, "none", 3) == 2
    assert line_of(text, 1, "id") == 9
    assert line_of(text, 2) is None


def test_an_id_that_is_the_address_of_a_page_is_refused(tmp_path: Path) -> None:
    book = tmp_path / "topics.toml"
    book.write_text('[[topic]]\nid = "history"\n', encoding="utf-8")
    with pytest.raises(AppError, match="the address of a page"):
        read_codebook(book)


@pytest.mark.parametrize(
    "text",
    [
        ".".join(["a"] * 400_000) + " = 1",
        "[" + ".".join(['"a"'] * 200_000) + "]",
        "\n".join(".".join(["a"] * 500) + f".b{number} = 1" for number in range(900)),
        "x = [" * 160_000,
        '"""' * 266_000 + '"',
    ],
    ids=["dots", "table", "lines", "nested", "marks"],
)
def test_a_book_that_was_made_to_be_slow_is_refused_at_once(text: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(CodeBookError):
        parse_codebook(text, "mine.toml")
    assert time.perf_counter() - begun < 2


def test_a_text_may_have_as_many_dots_as_it_likes() -> None:
    description = "e.g. a.b.c. " * 100
    [topic] = parse_codebook(f'[[topic]]\nid = "gas"\nlabel = "Gas"\ndescription = "{description}"', "mine.toml")
    assert topic.description.startswith("e.g. a.b.c.")
