import base64

import pytest

from app.text.mail import unflowed
from tests.text.making import read, refusal

HEADERS = (
    "From: Ann Klein <ann@halden.example>\r\nTo: bo@halden.example\r\nSubject: =?utf-8?q?Caf=C3=A9_talks?=\r\n"
    "Date: Thu, 16 May 2024 23:30:00 -0500\r\nMIME-Version: 1.0\r\n"
)
PLAIN = "Content-Type: text/plain; charset=utf-8\r\n"


def mixed(*parts: str, kind: str = "mixed") -> str:
    inner = "".join(f"--b1\r\n{part}\r\n" for part in parts)
    return f'{HEADERS}Content-Type: multipart/{kind}; boundary="b1"\r\n\r\n{inner}--b1--\r\n'


def test_headers_say_who_wrote_what_when() -> None:
    article = read(f"{HEADERS}{PLAIN}\r\nThe leaders met.\r\nThey spoke.\r\n").article
    assert (article.title, article.byline, str(article.date)) == ("Café talks", "Ann Klein", "2024-05-16")
    assert article.text == "The leaders met.\nThey spoke.\n"


def test_plain_text_is_preferred_and_html_is_read_where_there_is_none() -> None:
    plain, html = f"{PLAIN}\r\nPlain words.\r\n", "Content-Type: text/html\r\n\r\n<p>Words <b>in</b> HTML.</p>\r\n"
    assert read(mixed(html, plain, kind="alternative")).article.text.strip() == "Plain words."
    document = read(mixed(html))
    assert document.article.text == "Words in HTML."
    assert document.sources


def test_attachments_are_named_and_not_read() -> None:
    files = [
        f'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="{n}.pdf"\r\n\r\nx\r\n'
        for n in "ab"
    ]
    document = read(mixed(f"{PLAIN}\r\nSee the files.\r\n", *files))
    assert document.notes == ("2 attachments were not read: a.pdf, b.pdf; give them as files.",)
    assert refusal(mixed(*files)) == "This mail has no text of its own: give its attachments as files."


def test_quoted_replies_and_signatures_are_kept_and_told_of() -> None:
    document = read(f"{HEADERS}{PLAIN}\r\nI agree.\r\n\r\n> We met.\r\n> We spoke.\r\n\r\n-- \r\nAnn\r\n")
    assert "> We met." in document.article.text
    assert document.notes == (
        "Kept of earlier mails: 2 quoted lines, after “>”.",
        "The signature was kept: it begins after “--”.",
    )


def test_encodings_of_the_body_are_undone() -> None:
    body = base64.b64encode("Der Präsident ging.".encode("latin-1")).decode()
    kind = "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: base64\r\n"
    assert read(f"{HEADERS}{kind}\r\n{body}\r\n").article.text == "Der Präsident ging."


@pytest.mark.parametrize(
    ("text", "delete_space", "found"),
    [
        ("One \ntwo.\nThree.", False, "One two.\nThree."),
        ("One \ntwo.", True, "Onetwo."),
        ("> One \n> two.\n>> Three", False, "> One two.\n>> Three"),
        ("One \n> two.", False, "One \n> two."),
        ("Words\n-- \nAnn", False, "Words\n-- \nAnn"),
        (" From here", False, "From here"),
    ],
)
def test_soft_line_ends_are_taken_back(text: str, delete_space: bool, found: str) -> None:
    assert unflowed(text, delete_space=delete_space) == found


@pytest.mark.parametrize(
    "subject",
    [
        "=?utf-8?q?=ZZ?=",
        "=?no-such?q?abc?=",
        "=?utf-8?b?!!?=",
        "\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
    ],
)
def test_a_broken_header_does_no_harm(subject: str) -> None:
    headers = f"From: a\r\nTo: b\r\nDate: yesterday\r\nSubject: {subject}\r\n"
    assert read((headers + "\r\nWords.").encode("latin-1")).article.text == "Words."


def test_mails_in_mails_without_end_are_refused_with_a_sentence() -> None:
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(3_000))
    assert "nested too deeply" in refusal(f"{HEADERS}{nested}{PLAIN}\r\nWords.")
