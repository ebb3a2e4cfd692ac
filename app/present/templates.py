"""The Jinja environment: autoescaped, strict about names, with the few words that every template may use."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.domain import Topic
from app.present import rows, time_drawing
from app.present.chart_links import chart_files, frame_address, frame_link
from app.present.correction_words import corrected_words, correction_words
from app.present.documents import DOCUMENT_WORDS
from app.present.filter_query import query_of
from app.present.frames import frame_code, quote_height
from app.present.job_words import STATE_WORDS, job_sentence
from app.present.languages import language_note
from app.present.matching import figures_with_hits
from app.present.numbers import count, day, iso_date, moment, plural, size
from app.present.sureness import sureness, unsure
from app.present.theme import topic_class

__all__ = ["address", "count", "day", "environment", "first_upper", "labels", "plural", "web_address"]


def environment(folder: Path) -> Environment:
    """An environment for the templates in *folder*; a name that is not given is an error."""
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters.update(
        chart_files=chart_files,
        corrected_words=corrected_words,
        correction_words=correction_words,
        count=count,
        drawing=time_drawing.paths,
        drawing_width=time_drawing.drawing_width,
        day=day,
        figures=figures_with_hits,
        frame_link=frame_link,
        first_words=rows.first_words,
        iso_date=iso_date,
        job_sentence=job_sentence,
        language_note=language_note,
        moment=moment,
        passage=rows.passage,
        plural=plural,
        query=query_of,
        size=size,
        ticks=time_drawing.tick_places,
        title_case=first_upper,
        topic_class=topic_class,
        web_address=web_address,
    )
    env.globals.update(
        speaker_name=rows.speaker_name,
        speaker_note=rows.speaker_note,
        kind_words=rows.KIND_WORDS,
        state_words=STATE_WORDS,
        document_words=DOCUMENT_WORDS,
        sureness=sureness,
        unsure=unsure,
        address=address,
        frame_code=frame_code,
        frame_address=frame_address,
        quote_height=quote_height,
    )
    return env


def first_upper(text: str) -> str:
    """*text* with its first letter a capital."""
    return text[:1].upper() + text[1:]


def web_address(url: str | None) -> str:
    """*url* if it leads to the web, else nothing: an article's data must not bring in ``javascript:``."""
    if url and urlsplit(url).scheme in ("http", "https"):
        return url
    return ""


def address(path: str, /, **query: str | None) -> str:
    """A path of ours with the query parameters that are given, for links and for charts."""
    given = {name: value for name, value in query.items() if value is not None}
    return quote(path) + (f"?{urlencode(given)}" if given else "")


def labels(topics: tuple[Topic, ...]) -> dict[str, str]:
    """Each topic's label by its id."""
    return {topic.id: topic.label for topic in topics}
