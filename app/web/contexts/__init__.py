"""What each page's template is given: one dataclass a page. ``tests/test_templates.py`` holds both together."""

from app.web.contexts.api import ApiGroupPage, ApiPage, ApiTypePage
from app.web.contexts.article_editing import ArticleDeletePage, ArticleEditPage, DeletedPage, SpeakerField
from app.web.contexts.articles import ArticlePage, ArticlesPage, QuotePage, SpeakerLine, TopicSection
from app.web.contexts.board import BoardPage
from app.web.contexts.compare import ComparePage
from app.web.contexts.corrections import AddQuotePage, CorrectionsPage, CorrectPage, MergePage, RejectedPage
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
from app.web.contexts.embed import EmbedChartPage, EmbedCodePage, EmbedGonePage, EmbedListPage, EmbedQuotePage
from app.web.contexts.filters import Choice, Facet, FilterBar
from app.web.contexts.intake import AddPage, BatchLine, BatchPage, FeedsPage, JobPage, JobsPage, StatusChoice
from app.web.contexts.keys import KeysPage
from app.web.contexts.reader import ReadPage
from app.web.contexts.search import SearchPage, ValuesPage
from app.web.contexts.sharing import AuditPage, OpenedPage, SharedPage, SharePage, SharesPage
from app.web.contexts.site import ProblemPage, Site
from app.web.contexts.speakers import SpeakerPage, SpeakersPage
from app.web.contexts.time import TimePage
from app.web.contexts.topics import TopicPage, TopicsPage
from app.web.contexts.versions import VersionsPage

__all__ = [
    "AddPage",
    "AddQuotePage",
    "ApiGroupPage",
    "ApiPage",
    "ApiTypePage",
    "ArticleDeletePage",
    "ArticleEditPage",
    "ArticlePage",
    "ArticlesPage",
    "AuditPage",
    "BatchLine",
    "BatchPage",
    "BoardPage",
    "Choice",
    "ComparePage",
    "ConflictShown",
    "CorrectPage",
    "CorrectionsPage",
    "DeletedPage",
    "EmbedChartPage",
    "EmbedCodePage",
    "EmbedGonePage",
    "EmbedListPage",
    "EmbedQuotePage",
    "Entry",
    "Facet",
    "FeedsPage",
    "FilterBar",
    "HistoryLine",
    "JobPage",
    "JobsPage",
    "KeysPage",
    "MergePage",
    "OpenedPage",
    "PreviewShown",
    "ProblemPage",
    "QuotePage",
    "ReadPage",
    "RejectedPage",
    "SearchPage",
    "SharePage",
    "SharedPage",
    "SharesPage",
    "Site",
    "SpeakerField",
    "SpeakerLine",
    "SpeakerPage",
    "SpeakersPage",
    "StatusChoice",
    "SuggestionShown",
    "SuggestionsPage",
    "TimePage",
    "TopicDeletePage",
    "TopicEditPage",
    "TopicHistoryPage",
    "TopicImportPage",
    "TopicPage",
    "TopicSection",
    "TopicsPage",
    "ValuesPage",
    "VersionsPage",
]
