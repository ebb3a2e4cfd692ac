import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.mojibake import is_garbled, repaired, repairs
from tests.text.making import held, read, words

GARBLED = "The cafÃ© was fine, itâ€™s said."


def test_each_garbled_word_is_told_with_its_place() -> None:
    found = repairs(GARBLED)
    assert [(one.before, one.after) for one in found] == [("cafÃ©", "café"), ("itâ€™s", "it’s")]
    assert all(one.span.of(GARBLED) == one.before for one in found)
    assert is_garbled(GARBLED)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain words.",
        "“Curled,” she said — it’s fine…",
        "ﬁne ligatures, e\u0301 in two parts, and\r\nline ends\u2028of all kinds",
        "Der Präsident ging über die Brücke; le président déçu, à côté.",
        "Президент заявил.",
        "双方同意加强合作。",
        "5 € – 6 £, 7 % of it",
    ],
)
def test_a_sound_text_stays_as_it_is(text: str) -> None:
    assert repairs(text) == ()
    assert repaired(text)[0] == text


def test_a_text_is_repaired_only_when_a_person_asks() -> None:
    document = read(GARBLED)
    assert (document.article.text, document.garbled, document.sources) == (GARBLED, True, ())
    document = read(GARBLED, repair=True)
    assert (document.article.text, document.garbled) == ("The café was fine, it’s said.", False)
    assert document.notes == ("2 words were repaired: letters that had been decoded by the wrong encoding.",)
    assert [piece.change for piece in document.sources] == ["", "repaired", "", "repaired", ""]
    held(document, GARBLED)


def test_paragraphs_and_the_map_of_a_page_move_with_the_repairs() -> None:
    source = (
        "<!doctype html><p>The caf&Atilde;&copy; wasâ€” well â€” <b>fiÃ¨</b>re, all said.</p><p>And itâ€™s Ã¼ber.</p>"
    )
    document = read(source, repair=True)
    assert [text for _, text in words(document)] == ["The café was— well — fière, all said.", "And it’s über."]
    held(document, source)


@given(
    st.lists(
        st.sampled_from(["cafÃ©", "itâ€™s", "Ã¼ber", "plain", "déjà", " ", "\n", "\u00a0", "â€œyesâ€\u009d", "“"]),
        max_size=40,
    )
)
def test_the_map_of_a_repair_covers_the_text_and_the_source(parts: list[str]) -> None:
    text = "".join(parts)
    mended, pieces = repaired(text)
    assert "".join(piece.span.of(mended) for piece in pieces) == mended
    assert "".join(piece.source.of(text) for piece in pieces) == text
    assert all(piece.change or piece.span.of(mended) == piece.source.of(text) for piece in pieces)
