"""From the store to the pages on which topics are changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from app.domain import OTHER, Topic
from app.errors import NotFound
from app.present.rows import QuoteFigure, quote_figures
from app.present.templates import address
from app.present.theme import topic_class
from app.present.topic_changes import field_changes, topic_changes
from app.present.topic_fields import FIELDS
from app.store.attributions import quote_by_id
from app.store.dismissed import dismissed
from app.store.filters import AttributionFilter
from app.store.topic_revisions import current_revision, topics_history
from app.web import keeping
from app.web.building import topic_count
from app.web.contexts import (
    ConflictShown,
    Entry,
    HistoryLine,
    PreviewShown,
    SuggestionShown,
    SuggestionsPage,
    TopicDeletePage,
    TopicEditPage,
    TopicHistoryPage,
)
from app.web.deps import Reading
from app.web.drafts import Checked, Draft
from app.web.facets import Counts

if TYPE_CHECKING:
    from app.ingest.topics import Moved


SHOWN = 3
"""Quotes of a suggestion that are shown."""


def editable(now: Reading, topic_id: str) -> Topic:
    """The topic *topic_id*.

    Raises:
        NotFound: there is none, or it is "other", which is built in.
    """
    if topic_id == OTHER:
        raise NotFound("“Other” is built in: it holds what no other topic fits, and has no words of its own.")
    topic = found(now, topic_id)
    if topic is None:
        raise NotFound(f"There is no topic “{topic_id}”.")
    return topic


def found(now: Reading, topic_id: str) -> Topic | None:
    """The topic *topic_id*, if there is one that can be changed."""
    return next((topic for topic in keeping.chosen(now.site.topics) if topic.id == topic_id), None)


def action(topic_id: str | None) -> str:
    """Where the form of a topic goes; without an id, that of a new one."""
    return "/topics/new" if topic_id is None else address(f"/topics/{topic_id}/edit")


def edit_page(now: Reading, topic: Topic | None, draft: Draft, revision: int | None = None) -> TopicEditPage:
    """The form for *topic*, or for a new one, with *draft* in its fields; based on the topics as they are now."""
    return TopicEditPage(
        site=now.site,
        topic_id=topic.id if topic else "",
        name=topic.label if topic else "",
        entries=entries(draft),
        revision=current_revision(now.conn) if revision is None else revision,
        action=action(topic.id if topic else None),
    )


def entries(draft: Draft, checked: Checked | None = None) -> dict[str, Entry]:
    """The fields of the form with what was typed, and with what is wrong where it was checked."""
    errors = checked.errors if checked else {}
    return {name: Entry(field, draft[name], errors.get(name, "")) for name, field in FIELDS.items()}


def preview(now: Reading, checked: Checked) -> PreviewShown:
    """What saving the topic in *checked* would do; what is missing but for its words does not matter yet."""
    topic = checked.topic
    tone, labels = topic_class(topic.id), {**now.site.labels, topic.id: topic.label}
    wrong = [name for name in checked.errors if name not in {"label", "description", "colour"}]
    if wrong:
        return PreviewShown(tone, labels, problems={FIELDS[name].label: checked.errors[name] for name in wrong})
    moved = keeping.preview(now.desk, keeping.put_in(now.site.topics, topic), topic.id)
    return PreviewShown(
        tone=tone,
        labels=labels,
        entering=_figures(moved.entering, topic.id),
        leaving=_figures(moved.leaving, topic.id),
        entering_count=moved.entering_count,
        leaving_count=moved.leaving_count,
        staying_count=moved.staying_count,
    )


def _figures(moved: Iterable[Moved], topic_id: str) -> tuple[QuoteFigure, ...]:
    rows = (replace(one.quote, evidence=one.evidence, topics=(topic_id,)) for one in moved)
    return tuple(figure for row in rows for figure in quote_figures([row]))


def conflict(now: Reading, mine: Topic, based_on: int | None) -> ConflictShown:
    """What somebody else did since the revision *based_on*, and what saving *mine* would do to it."""
    theirs = next((topic for topic in now.site.topics if topic.id == mine.id), None)
    base = next((one.topics for one in topics_history(now.conn) if one.number == based_on), None)
    return ConflictShown(
        gone=theirs is None,
        mine=field_changes(theirs or Topic(mine.id, "", "", ""), mine),
        theirs=topic_changes(base, now.site.topics) if base is not None else (),
    )


def delete_page(now: Reading, topic: Topic) -> TopicDeletePage:
    """The question whether to delete *topic*."""
    counted = topic_count(Counts(now.conn), now.site, AttributionFilter(topic.id))
    return TopicDeletePage(now.site, counted, current_revision(now.conn))


def suggestions_page(now: Reading) -> SuggestionsPage:
    """What the quotes in "other" suggest, each with the first of its quotes."""
    shown = []
    for one in keeping.suggestions(now.conn):
        rows = [quote_by_id(now.conn, uid) for uid in one.quotes[:SHOWN]]
        form = f"/topics/new?{urlencode([('label', one.label), *(('term', term) for term in one.terms)])}"
        figures = tuple(quote_figures(rows))
        shown.append(SuggestionShown(one.key, one.label, one.terms, len(one.quotes), figures, form))
    return SuggestionsPage(now.site, tuple(shown), tuple(sorted(dismissed(now.conn))))


def history_page(now: Reading) -> TopicHistoryPage:
    """Every change, each with what it changed of the topics before it."""
    revisions = topics_history(now.conn)
    lines = []
    for number, one in enumerate(revisions):
        before = revisions[number + 1].topics if number + 1 < len(revisions) else one.topics
        lines.append(HistoryLine(one.number, one.saved, one.note, topic_changes(before, one.topics)))
    return TopicHistoryPage(now.site, tuple(lines), current_revision(now.conn), keeping.can_undo(now.conn))
