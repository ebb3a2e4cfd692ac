import pytest

from app.errors import IngestError
from app.text.charsets import decode
from tests.text.making import read, refusal

WORDS = "Der Präsident sagte, die Gespräche über die Brücke seien „sehr schwierig“ gewesen – und müde."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "utf-16-le", "utf-16-be"])
def test_a_text_is_decoded_by_its_mark_or_by_a_guess(encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert decode(mark + WORDS.encode(encoding)).text == WORDS


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Президент заявил, что переговоры были трудными, и стороны договорились о сотрудничестве.", "cp1251"),
        ("Ο πρόεδρος δήλωσε ότι οι διαπραγματεύσεις ήταν δύσκολες και συμφώνησαν.", "cp1253"),
        ("总统表示谈判十分困难，双方同意加强合作，并将在春季再次会面。", "gb18030"),
        ("He said “yes” — it’s done.", "cp1252"),
        ("Le café était fermé.", "cp1252"),
    ],
)
def test_a_guess_is_told_of(words: str, encoding: str) -> None:
    found = decode(words.encode(encoding))
    assert found.text == words
    (note,) = found.notes
    assert note.startswith("Read as ")
    assert note.endswith(", which the file does not say itself.")


def test_what_was_declared_wins_over_a_guess_where_it_fits() -> None:
    assert decode("Müde".encode("cp1252"), "iso-8859-1").text == "Müde"
    assert decode("Müde".encode(), "ascii", "no-such").text == "Müde"
    assert decode(b"words", "hex", "zip\0").text == "words"


def test_one_broken_byte_does_not_spoil_a_text_in_utf_8() -> None:
    found = decode(WORDS.encode() * 3 + b"\xff")
    assert found.text == WORDS * 3 + "\ufffd"
    assert found.notes == ("1 place is not UTF-8 and shown as “\ufffd”.",)


def test_what_is_no_text_in_any_encoding_is_refused() -> None:
    assert "This is no text" in refusal(bytes(range(256)) * 20)
    assert "cut or broken" in refusal(b"\xff\xfea\0b")
    with pytest.raises(IngestError, match="empty"):
        decode(b"")


def test_a_guess_does_not_change_a_letter_of_utf_8() -> None:
    assert read(WORDS).notes == ()
    assert read(WORDS).encoding == "utf-8"
