"""What each page's template is given: one dataclass a page. ``tests/test_templates.py`` holds both together."""

from app.web.contexts.articles import ArticlePage, ArticlesPage, QuotePage, SpeakerLine, TopicSection
from app.web.contexts.board import BoardPage
from app.web.contexts.editing import (
    ConflictShown,
    Entry,
    HistoryLine,
    PreviewShown,
    SuggestionShown,
    SuggestionsPage,
    TopicDeletePage,
    TopicEditPage,
    TopicHistoryPage,
    TopicImportPage,
)
from app.web.contexts.site import ProblemPage, Site
from app.web.contexts.topics import Choice, Facet, TopicPage, TopicsPage

__all__ = [
    "ArticlePage",
    "ArticlesPage",
    "BoardPage",
    "Choice",
    "ConflictShown",
    "Entry",
    "Facet",
    "HistoryLine",
    "PreviewShown",
    "ProblemPage",
    "QuotePage",
    "Site",
    "SpeakerLine",
    "SuggestionShown",
    "SuggestionsPage",
    "TopicDeletePage",
    "TopicEditPage",
    "TopicHistoryPage",
    "TopicImportPage",
    "TopicPage",
    "TopicSection",
    "TopicsPage",
]
