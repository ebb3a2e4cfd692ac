"""A code book of another program: REFI-QDA's ``.qdc``, read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import count

from slugify import slugify

from app.codebook.fields import ADDRESSES, CodeBookError, topic_from
from app.codebook.limits import LARGEST_FILE, LONGEST_LABEL, LONGEST_WORD, MOST_TOPICS, MOST_WORDS
from app.codebook.qdc_lists import parted
from app.codebook.qdc_xml import Code, read_codes
from app.domain import OTHER, Topic

COLOURS = ("#b45309", "#1d4ed8", "#0f766e", "#b91c1c", "#7c3aed", "#4d7c0f", "#be185d", "#0369a1")
"""For codes without one, in turn."""

_LONGEST_ID = 64
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def is_xml(data: bytes) -> bool:
    """Whether *data* begins as XML does, in UTF-8 or UTF-16, with or without a byte order mark."""
    wide = data.startswith(_WIDE_MARKS)
    return data[:200].decode("utf-16" if wide else "utf-8-sig", errors="ignore").lstrip().startswith("<")


def import_qdc(data: bytes, name: str = "the code book") -> tuple[Topic, ...]:
    """The codes in *data* as topics, in its order; *name* stands for it in messages.

    What :func:`~app.codebook.qdc_writing.export_qdc` wrote comes back as it was. A code of another program becomes a
    topic whose id is made from its name and whose only term is its name; codes within codes become topics beside
    them. A code that nothing can be coded with and that only holds others is left out.

    Raises:
        CodeBookError: *data* is no REFI-QDA code book, has a document type, is larger than 10 MB, or has a code that
            cannot be a topic; the message says where and why.
    """
    if len(data) > LARGEST_FILE:
        raise CodeBookError(f"The code book {name} is too large: {LARGEST_FILE // 1_000_000} MB are allowed at most.")
    codes = [code for code in read_codes(data, name) if code.codable or not code.has_codes]
    if len(codes) > MOST_TOPICS:
        raise CodeBookError(f"{name}: A code book may have {MOST_TOPICS} topics at most, not {len(codes):,}.")
    return tuple(_topics(codes, name))


def _topics(codes: list[Code], name: str) -> Iterator[Topic]:
    taken: set[str] = {OTHER, *ADDRESSES}
    colours = (COLOURS[number % len(COLOURS)] for number in count())
    for code in codes:
        try:
            topic = _topic(code, _colour(code.colour) or next(colours), taken)
        except ValueError as error:
            shown = " ".join(code.name.split())[:60]
            raise CodeBookError(f"{name}, line {code.line}: The code “{shown}”: {error}.") from error
        except CodeBookError as error:
            raise CodeBookError(f"{name}, line {code.line}: {error}", error.field, error.item) from error
        taken.add(topic.id)
        yield topic


def _topic(code: Code, colour: str, taken: set[str]) -> Topic:
    label = code.name.strip()
    if not label:
        raise ValueError("it has no name, and a topic needs one")
    description, fields = parted(code.description)
    ours = "id" in fields
    if len(label) > LONGEST_LABEL:
        description = description if ours else f"{label}\n\n{description}".strip()
        label = f"{label[: LONGEST_LABEL - 1]}…"
    if not fields:
        fields["terms"] = _name_as_term(code.name)
        description = description.strip()
    fields["id"] = _usable_id(fields.get("id", "")) or _id_from(code.name)
    fields["id"] = _free(fields["id"], taken)
    return topic_from({**fields, "label": label, "description": description, "colour": colour})


def _name_as_term(name: str) -> list[str]:
    term = " ".join(name.lower().split())
    return [term] if len(term) <= LONGEST_WORD and len(term.split()) <= MOST_WORDS else []


def _usable_id(given: str) -> str:
    return given if re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", given) and given not in {OTHER, *ADDRESSES} else ""


def _id_from(name: str) -> str:
    return slugify(name, max_length=_LONGEST_ID) or "topic"


def _free(wanted: str, taken: set[str]) -> str:
    """*wanted*, or where that is taken the same with the first number that makes it another."""
    numbered = (f"{wanted[: _LONGEST_ID - len(ending)]}{ending}" for ending in (f"-{number}" for number in count(2)))
    return wanted if wanted not in taken else next(name for name in numbered if name not in taken)


def _colour(written: str) -> str:
    """*written* in six digits, and nothing where it is no colour."""
    if re.fullmatch(r"#[0-9a-fA-F]{6}", written):
        return written
    if re.fullmatch(r"#[0-9a-fA-F]{3}", written):
        return "#" + "".join(2 * digit for digit in written[1:])
    return ""
