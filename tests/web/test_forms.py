import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException

from app.web.forms import Form, Upload, multipart, urlencoded
from app.web.uploads import TooManyError, UploadError

KIND = 'multipart/form-data; boundary="XX"'


def part(disposition: str, data: bytes) -> bytes:
    return b"--XX\r\nContent-Disposition: form-data; " + disposition.encode() + b"\r\n\r\n" + data + b"\r\n"


def test_line_ends_of_a_text_are_made_plain() -> None:
    form = urlencoded(b"terms=gas%0D%0Aoil%0Dcoal&label=%C3%96l&empty=")
    assert form.text("terms") == "gas\noil\ncoal"
    assert (form.text("label"), form.text("empty"), form.text("missing")) == ("Öl", "", "")


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("", None), ("-1", None), ("²", None), ("9" * 10, None)])
def test_a_number_is_a_short_row_of_digits(text: str, number: int | None) -> None:
    assert Form({"revision": text}).number("revision") == number


def test_too_many_fields_are_refused() -> None:
    with pytest.raises(HTTPException):
        urlencoded(b"a=1&" * 500)


def test_a_file_keeps_its_name_and_the_fields_stand_beside_it() -> None:
    body = part('name="replace"', b"yes") + part('name="book"; filename="töpics.toml"', b"x = 1\r\n") + b"--XX--\r\n"
    form = multipart(KIND, body)
    assert form.text("replace") == "yes"
    assert form.files["book"] == Upload("töpics.toml", b"x = 1\r\n")


def test_a_file_field_that_was_left_empty_is_no_file() -> None:
    assert multipart(KIND, part('name="book"; filename=""', b"") + b"--XX--\r\n").files == {}


@given(st.binary(max_size=200).filter(lambda data: b"--XX" not in data))
def test_the_bytes_of_a_file_are_kept_to_the_last(data: bytes) -> None:
    form = multipart(KIND, part('name="book"; filename="b.qdc"', data) + b"--XX--\r\n")
    assert form.files["book"].data == data


@pytest.mark.parametrize("body", [b"", b"nonsense", part('name="a"', b"1"), part('name="a"', b"1") + b"--XX-"])
def test_what_is_no_form_or_was_cut_off_is_refused(body: bytes) -> None:
    with pytest.raises(UploadError):
        multipart(KIND, body)


@pytest.mark.parametrize(
    "body",
    [
        b"--XX\r\ncontent-type: multipart/mixed; boundary=XX\r\n\r\n" * 17_000,
        part('name="a"', b"1") * 18_000 + b"--XX--\r\n",
        part("a=b; " * 190_000, b"1") + b"--XX--\r\n",
        part("".join(f"name*{number}=b; " for number in range(60_000)), b"1") + b"--XX--\r\n",
        b"--XX\r\n" + b"a: b\r\n" * 150_000 + b"\r\n1\r\n--XX--\r\n",
        part('name="a"', b"\r\n--X" * 190_000) + b"--XX--\r\n",
    ],
    ids=["nested", "parts", "parameters", "continued", "headers", "boundaries"],
)
def test_a_form_that_was_made_to_be_slow_is_read_or_refused_at_once(body: bytes) -> None:
    begun = time.perf_counter()
    with contextlib.suppress(UploadError, TooManyError):
        multipart(KIND, body)
    assert time.perf_counter() - begun < 2
