"""The board."""

from __future__ import annotations

from dataclasses import dataclass

from app.present.chart_data import ChartData
from app.store.accuracy import Accuracy
from app.store.rows import ArticleRow, LibraryCounts, Page, QuoteRow, TopicCount
from app.web.contexts.site import Site


@dataclass(frozen=True, slots=True)
class BoardPage:
    """``/``: every topic with its quotes, by speaker; the newest quotes and articles.

    Attributes:
        counts: the library in four numbers.
        topics: every topic with its counts.
        chart: quotes by topic, stacked by speaker; without bars where the library has no quotes in marks.
        charts_url: where ``charts.js`` gets the chart from.
        latest: the newest quotes in marks.
        articles: the newest articles.
        reading: how many documents are being read or wait for it, counted up to one more than the page tells.
        accuracy: how often the machine was right on what people judged; ``None`` where they judged too little.
    """

    site: Site
    counts: LibraryCounts
    topics: tuple[TopicCount, ...]
    chart: ChartData
    charts_url: str
    latest: tuple[QuoteRow, ...]
    articles: Page[ArticleRow]
    reading: int = 0
    accuracy: Accuracy | None = None
