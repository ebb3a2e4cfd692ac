"""The code book: the topics that quotes are sorted by, as files a person and other programs can read and edit."""

from pathlib import Path

from app.codebook.fields import ADDRESSES, CodeBookError, check_book, checked, topic_from, values_of
from app.codebook.qdc_reading import import_qdc, is_xml
from app.codebook.qdc_writing import export_qdc
from app.codebook.reading import parse_codebook, read_codebook
from app.codebook.writing import write_codebook
from app.domain import Topic

__all__ = [
    "ADDRESSES",
    "CodeBookError",
    "check_book",
    "checked",
    "export_qdc",
    "import_qdc",
    "parse_codebook",
    "read_codebook",
    "read_topics",
    "topic_from",
    "values_of",
    "write_codebook",
]


def read_topics(path: Path) -> tuple[Topic, ...]:
    """The topics of a file in TOML or in REFI-QDA's ``.qdc``; its content tells which, not its name.

    Raises:
        CodeBookError: the file cannot be read as either; the message says where and why.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CodeBookError(f"The code book {path} cannot be read: {error.strerror}.") from error
    if is_xml(data):
        return import_qdc(data, str(path))
    return parse_codebook(data, str(path))
