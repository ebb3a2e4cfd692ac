"""The one file in a browser without a network, opened from disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine

from app.present import plotly_bundle
from app.present.exports.about import About
from app.present.standalone.page import write
from app.present.standalone.shell import Workshop
from app.present.templates import labels
from app.store.articles import add_article
from app.store.attributions import each_quote
from app.store.cube.choosing import choose
from app.store.engine import open_engine
from app.store.filters import AttributionFilter
from app.store.topics import all_topics
from tests.bench.library import make_library
from tests.factories import numbered, summit

MOST_BYTES = 2_500_000
Opened = Callable[..., Page]


def write_file(engine: Engine, path: Path, workshop: Workshop | None = None, **chosen: str) -> None:
    with engine.connect() as conn, path.open("wb") as file:
        wanted, topics = AttributionFilter(**chosen), all_topics(conn)  # type: ignore[arg-type]
        about = About.of(wanted, "newest", len(choose(conn, wanted)), labels(topics))
        file.writelines(write(conn, workshop or Workshop.here(), about, wanted, "newest", topics))


@pytest.fixture
def small(sqlite_engine: Engine, tmp_path: Path) -> Path:
    """The file of a small library."""
    with sqlite_engine.begin() as conn:
        for number in range(3):
            add_article(conn, *numbered(number, 12))
        add_article(conn, *summit())
    write_file(sqlite_engine, tmp_path / "quotes.html")
    return tmp_path / "quotes.html"


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Open a file with the network off; a request or a complaint of the page fails the test at its end."""
    wrong: list[str] = []
    contexts = []

    def visit(path: Path, fragment: str = "", **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})  # type: ignore[arg-type]
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{path.as_uri()}{fragment}", wait_until="load")
        page.on("request", lambda request: wrong.append(request.url))
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not wrong


def shown(page: Page) -> list[str]:
    figures = page.locator("figure[data-quote]")
    found = figures.evaluate_all("all => all.filter(one => one.checkVisibility()).map(one => one.dataset.quote)")
    return [str(one) for one in found]


def bars(page: Page, key: str) -> list[str]:
    return [" ".join(one.split()) for one in page.locator(f'[data-chart="{key}"] .bars li').all_inner_texts()]


def test_a_file_of_500_quotes_is_small_and_draws_filters_and_finds(tmp_path: Path, opened: Opened) -> None:
    make_library(tmp_path / "library.sqlite", 500)
    engine = open_engine(f"sqlite:///{tmp_path / 'library.sqlite'}")
    write_file(engine, tmp_path / "all.html")
    assert (tmp_path / "all.html").stat().st_size <= MOST_BYTES
    page = opened(tmp_path / "all.html")
    page.wait_for_selector(".chart.drawn .main-svg")
    assert page.locator(".chart.drawn").count() == 3
    with engine.connect() as conn:
        assert shown(page) == [row.id for row in each_quote(conn, AttributionFilter())]
        energy = [row.id for row in each_quote(conn, AttributionFilter(topic="energy", kind="direct"))]
    page.locator('[data-field="topic"] a', has_text="Energy").click()
    page.locator('[data-field="kind"] a[href$="kind=direct"]').click()
    page.wait_for_function("document.querySelectorAll('.applied li').length === 3")
    assert shown(page) == energy
    assert page.locator("h2[id=quotes]").inner_text() == f"{len(energy)} of 500 quotes"
    engine.dispose()


def test_the_charts_follow_the_filters_and_lead_to_them(small: Path, opened: Opened) -> None:
    page = opened(small)
    page.wait_for_selector(".chart.drawn .main-svg")
    before = bars(page, "by-topic")
    page.locator('[data-field="speaker"] a').first.click()
    page.wait_for_selector(".applied:not([hidden])")
    after = bars(page, "by-topic")
    assert after != before
    drawn = page.locator('[data-chart="by-topic"] .annotation-text').all_text_contents()
    assert sorted(drawn) == sorted(page.locator('[data-chart="by-topic"] .bars li > *:not(svg)').all_text_contents())
    page.locator(".applied a").first.click()
    page.wait_for_selector(".applied", state="hidden")
    assert bars(page, "by-topic") == before
    page.locator(".chart-box summary").first.click()
    page.locator(".chart-box table a").first.click()
    assert "topic=" in page.evaluate("location.hash")


@pytest.mark.parametrize(
    "words",
    [
        "energy",
        '"closer energy"',
        "ener*",
        "energy OR nato",
        "energy -closer",
        "ENERGÝ",
        "speaker:putin",
        "title:beijing",
    ],
)
def test_words_find_what_the_librarys_own_search_finds(
    small: Path, opened: Opened, sqlite_engine: Engine, words: str
) -> None:
    page = opened(small)
    page.locator("#words").fill(words)
    page.locator("#words").press("Enter")
    page.wait_for_selector(".applied:not([hidden])")
    with sqlite_engine.connect() as conn:
        assert shown(page) == [row.id for row in each_quote(conn, AttributionFilter(words=words))]


def test_a_view_of_the_file_is_a_link_and_so_is_each_quote(small: Path, opened: Opened) -> None:
    page = opened(small, "#topic=energy&q=closer")
    found = shown(page)
    assert 0 < len(found) < page.locator("figure[data-quote]").count()
    assert page.locator("#words").input_value() == "closer"
    assert page.locator(".applied li").count() == 3
    hidden = page.locator("figure[data-quote]:not(:visible)").first.get_attribute("id")
    other = opened(small, f"#{hidden}")
    assert len(shown(other)) == page.locator("figure[data-quote]").count()
    assert other.locator(f"#{hidden}").evaluate("one => one.getBoundingClientRect().top < innerHeight")
    page.evaluate(f"location.hash = '#{hidden}'")
    page.wait_for_function(f"!document.getElementById('{hidden}').hidden")
    page.go_back()
    page.wait_for_function("document.querySelector('#words').value === 'closer'")
    assert shown(page) == found
    page.evaluate("location.hash = '#about'")
    page.wait_for_timeout(100)
    assert shown(page) == found, "a place on the page is no other filter"


def test_nothing_that_matches_is_told_with_a_way_back(small: Path, opened: Opened) -> None:
    page = opened(small, "#q=zzz")
    assert page.locator("[data-nothing]").is_visible()
    page.locator("[data-nothing] a").click()
    page.wait_for_function("document.querySelector('[data-nothing]').hidden")
    assert len(shown(page)) == page.locator("figure[data-quote]").count()


def test_it_is_read_without_scripts_and_on_paper_with_what_is_folded(small: Path, opened: Opened) -> None:
    page = opened(small, java_script_enabled=False)
    assert page.locator("figure[data-quote]:visible").count() > 10
    assert not page.locator(".searching, [data-filters]").filter(visible=True).count()
    page.emulate_media(media="print")
    assert page.locator(".why .facts").first.is_visible()


def test_it_fits_a_telephone(small: Path, opened: Opened) -> None:
    page = opened(small, viewport={"width": 390, "height": 844}, color_scheme="dark")
    page.locator(".all-filters > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_whole_plotly_of_the_wheel_draws_as_well(sqlite_engine: Engine, tmp_path: Path, opened: Opened) -> None:
    with sqlite_engine.begin() as conn:
        add_article(conn, *summit())
    workshop = Workshop.here()
    workshop.assets.bundle = plotly_bundle.whole()
    write_file(sqlite_engine, tmp_path / "quotes.html", workshop)
    page = opened(tmp_path / "quotes.html")
    page.wait_for_selector(".chart.drawn .main-svg")
