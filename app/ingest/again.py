"""An article analysed again, from its stored text or from its original."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.domain import Article, Document, Paragraph
from app.errors import Conflict, IngestError, NotFound
from app.ingest.given import unpack_given
from app.ingest.likeness import signature
from app.ingest.taking import TRIES, Ending, LostError, Shop, Taken, found_in, read, source_of
from app.store import meta
from app.store.editing import reread_article
from app.store.job_rows import JobOutcome, Task
from app.store.originals import original
from app.store.provenance import Source, put_source
from app.store.provenance import source_of as stored_source
from app.store.reanalysing import find_text, replace_analysis, stored_text
from app.store.topic_revisions import current_revision
from app.store.versions import link_versions, put_signature
from app.text.given import Given

REREAD, REPAIR = "reread", "repair"
"""What a job may ask besides: to read the original again, and to repair mojibake in it."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What is analysed; the last three are there where the original was read again."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    title: str
    document: Document | None = None
    source: Source | None = None
    given: Given | None = None


def take_again(shop: Shop, task: Task, end: Ending, *, quiet: bool) -> Taken:
    """Analyse the article of *task* again; its address and its quotes' addresses stay, as does what a person has set.

    Raises:
        NotFound: it was deleted meanwhile, or its original is not kept.
        IngestError: its original cannot be read, or says what another article says.
        AnalysisError: it cannot be analysed.
        Conflict: it, or the topics, were changed again and again meanwhile.
        LostError: *end* said no, and nothing was changed.
    """
    if task.article_id is None:
        raise NotFound("This article was deleted meanwhile.")
    for _ in range(TRIES):
        with shop.engine.connect() as conn:
            stored = stored_text(conn, task.article_id)
            revision = current_revision(conn)
        new = _Text(stored.text, stored.paragraphs, stored.title)
        if task.given.get(REREAD) or task.given.get(REPAIR):
            new = _read_again(shop, stored.slug, repair=bool(task.given.get(REPAIR)))
        likeness = signature(new.text) if new.text != stored.text else b""
        analysis = shop.analyser.analyse(new.text, new.paragraphs, new.title)
        with shop.engine.begin() as conn:
            meta.lock(conn)
            if current_revision(conn) != revision or stored_text(conn, task.article_id).text != stored.text:
                continue
            text = new.text if new.text != stored.text else None
            if text is not None:
                _refuse_another(conn, text, task.article_id)
            replace_analysis(conn, task.article_id, analysis, text, quiet=quiet)
            if text is not None:
                put_signature(conn, task.article_id, likeness)
            _take_over(conn, task.article_id, new, likeness)
            taken = Taken(JobOutcome.UPDATED, task.article_id, stored.slug, found_in(analysis))
            if not end(conn, taken):
                raise LostError
            return taken
    raise Conflict("The topics were changed again and again while this text was read; try again.")


def _read_again(shop: Shop, slug: str, *, repair: bool) -> _Text:
    with shop.engine.connect() as conn:
        source = stored_source(conn, slug)
        if source is None:
            raise NotFound("The original of this article is not kept; give it again.")
        data = original(conn, source.original)
    given = unpack_given(source.given)
    given = replace(given, repair=repair or given.repair)
    document = read(data, given, shop.settings)
    article = document.article
    return _Text(article.text, document.paragraphs, article.title, document, source, given)


def _refuse_another(conn: Connection, text: str, article_id: int) -> None:
    other = find_text(conn, text)
    if other is not None and other.id != article_id:  # it is itself where its text was damaged
        raise IngestError(f"Read again, this text is the same as that of “{other.slug}”; nothing was changed.")


def _take_over(conn: Connection, article_id: int, new: _Text, likeness: bytes) -> None:
    if new.document is None or new.source is None or new.given is None:
        return
    article: Article = new.document.article
    reread_article(conn, article_id, article)
    put_source(conn, article_id, source_of(new.source.original, new.given, new.document, new.source.address))
    if likeness:
        link_versions(conn, article_id, signature=likeness, url=article.url)
