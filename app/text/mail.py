"""Mails: who wrote what when, with the text as it was sent."""

from __future__ import annotations

import email
import email.utils
import re
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import Message

from app.domain import Article, DatePrecision, Document, DocumentKind
from app.errors import IngestError
from app.text.charsets import decode
from app.text.dates import Dated, read_date
from app.text.given import Given
from app.text.paragraphs import split_paragraphs
from app.text.plain import title_of, usable_text

_NO_TEXT = "This mail has no text of its own: give its attachments as files."
_BROKEN = (AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What the parser of mails raises on headers that are no good."""
_MOST_PARTS = 500
_MOST_NAMED = 10
_LONGEST_HEADER = 2_000
_QUOTED = re.compile(r"^>", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)


def read_mail(data: bytes, given: Given, *, max_characters: int) -> Document:
    """The text of the mail *data*: its plain text where it has one, else its HTML.

    Quoted replies and signatures stay in, since a statement may stand in either; a note tells of them. Attachments
    are named in a note and not read.

    Raises:
        IngestError: it has no text, or one that is too long.
    """
    try:
        message = email.message_from_bytes(data)  # the older policy: the newer parses headers with recursion
        parts = _parts(message)
    except RecursionError as error:
        raise IngestError("This mail is nested too deeply: give the mail inside it as a file of its own.") from error
    plain = next((part for part in parts if part.get_content_type() == "text/plain" and not _is_attached(part)), None)
    html = next((part for part in parts if part.get_content_type() == "text/html" and not _is_attached(part)), None)
    document = None
    if plain is not None:
        document = _from_plain(plain, given, max_characters)
    if document is None and html is not None:
        document = _from_html(html, given, max_characters)
    if document is None:
        raise IngestError(_NO_TEXT)
    notes = (*document.notes, *_notes(document.article.text, parts, plain if plain is not None else html))
    return replace(document, article=_with_headers(document.article, message), kind=DocumentKind.EMAIL, notes=notes)


def _parts(message: Message) -> list[Message]:
    found: list[Message] = []
    for part in message.walk():
        if not part.is_multipart():
            found.append(part)
        if len(found) >= _MOST_PARTS:
            break
    return found


def _is_attached(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except _BROKEN:
        return False


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _from_plain(part: Message, given: Given, max_characters: int) -> Document | None:
    data = _payload(part)
    if not data.strip():
        return None
    decoded = decode(data, part.get_content_charset())
    text = decoded.text.replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() == "flowed":
        text = unflowed(text, delete_space=str(part.get_param("delsp", "")).lower() == "yes")
    text = usable_text(text, max_characters=max_characters)
    article = Article(title_of(text, otherwise=given.stem), text)
    return Document(article, split_paragraphs(text), DocumentKind.EMAIL, decoded.encoding, notes=decoded.notes)


def _from_html(part: Message, given: Given, max_characters: int) -> Document | None:
    from app.text.webpage import read_markup  # noqa: PLC0415 - most mails have plain text

    data = _payload(part)
    if not data.strip():
        return None
    given = replace(given, charset=part.get_content_charset() or given.charset)
    return read_markup(data, given, max_characters=max_characters)


def unflowed(text: str, *, delete_space: bool) -> str:
    """*text* with its soft line ends taken back: those after a blank, in lines that are quoted equally deep.

    Source:
        RFC 3676, section 4.
    """
    lines: list[str] = []
    open_depth = -1
    for raw in text.split("\n"):
        depth = len(raw) - len(raw.lstrip(">"))
        words = raw[depth:].removeprefix(" ")
        soft = words.endswith(" ") and words != "-- "
        if open_depth == depth and words != "-- ":
            lines[-1] = (lines[-1][:-1] if delete_space else lines[-1]) + words
        else:
            lines.append(f"{'>' * depth} {words}" if depth else words)
        open_depth = depth if soft else -1
    return "\n".join(lines)


def _with_headers(article: Article, message: Message) -> Article:
    subject = _header(message, "subject")
    date, precision = _date(message) or (None, DatePrecision.DAY)
    return replace(
        article, title=subject or article.title, byline=_sender(message), date=date, date_precision=precision
    )


def _header(message: Message, name: str) -> str:
    """The header *name*, its encoded words resolved, as one line."""
    return _decoded(str(message.get(name, "")))


def _decoded(raw: str) -> str:
    raw = raw[:_LONGEST_HEADER].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        return " ".join(str(make_header(decode_header(raw))).split())
    except _BROKEN:
        return " ".join(raw.split())


def _sender(message: Message) -> str | None:
    name, address = email.utils.parseaddr(_header(message, "from"))
    return name or address or None


def _date(message: Message) -> Dated | None:
    stated = _header(message, "date")
    try:
        return email.utils.parsedate_to_datetime(stated).date(), DatePrecision.DAY
    except _BROKEN:
        return read_date(stated) if stated else None


def _notes(text: str, parts: list[Message], read: Message | None) -> list[str]:
    notes = []
    if quoted := len(_QUOTED.findall(text)):
        lines = "1 quoted line" if quoted == 1 else f"{quoted:,} quoted lines"
        notes.append(f"Kept of earlier mails: {lines}, after “>”.")
    if _SIGNATURE.search(text):
        notes.append("The signature was kept: it begins after “--”.")
    if names := [_name(part) for part in parts if part is not read and _is_file(part)]:
        named = ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
        files = "1 attachment was" if len(names) == 1 else f"{len(names):,} attachments were"
        notes.append(f"{files} not read: {named}; give {'it' if len(names) == 1 else 'them'} as files.")
    return notes


def _is_file(part: Message) -> bool:
    return _is_attached(part) or bool(_file_name(part)) or part.get_content_maintype() not in {"text", "multipart"}


def _file_name(part: Message) -> str:
    try:
        return _decoded(part.get_filename() or "")[:100]
    except _BROKEN:
        return ""


def _name(part: Message) -> str:
    return _file_name(part) or part.get_content_type()
