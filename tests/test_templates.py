"""Each page's context class is held to its template: what the template uses is a field, and every field is used."""

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

from app.present.templates import environment
from app.resources import resource_dir
from app.web import contexts

FOLDER = resource_dir("templates")
PAGES = {
    "share.html": contexts.SharePage,
    "shared.html": contexts.SharedPage,
    "shares.html": contexts.SharesPage,
    "opened.html": contexts.OpenedPage,
    "audit.html": contexts.AuditPage,
    "board.html": contexts.BoardPage,
    "articles.html": contexts.ArticlesPage,
    "article.html": contexts.ArticlePage,
    "topics.html": contexts.TopicsPage,
    "versions.html": contexts.VersionsPage,
    "compare.html": contexts.ComparePage,
    "topic.html": contexts.TopicPage,
    "search.html": contexts.SearchPage,
    "values.html": contexts.ValuesPage,
    "speakers.html": contexts.SpeakersPage,
    "speaker.html": contexts.SpeakerPage,
    "time.html": contexts.TimePage,
    "topic_delete.html": contexts.TopicDeletePage,
    "topic_edit.html": contexts.TopicEditPage,
    "topic_history.html": contexts.TopicHistoryPage,
    "topic_import.html": contexts.TopicImportPage,
    "topic_suggestions.html": contexts.SuggestionsPage,
    "quote.html": contexts.QuotePage,
    "keys.html": contexts.KeysPage,
    "read.html": contexts.ReadPage,
    "correct.html": contexts.CorrectPage,
    "add_quote.html": contexts.AddQuotePage,
    "corrections.html": contexts.CorrectionsPage,
    "speaker_merge.html": contexts.MergePage,
    "rejected.html": contexts.RejectedPage,
    "article_edit.html": contexts.ArticleEditPage,
    "article_delete.html": contexts.ArticleDeletePage,
    "articles_deleted.html": contexts.DeletedPage,
    "feeds.html": contexts.FeedsPage,
    "add.html": contexts.AddPage,
    "api.html": contexts.ApiPage,
    "api_group.html": contexts.ApiGroupPage,
    "api_type.html": contexts.ApiTypePage,
    "jobs.html": contexts.JobsPage,
    "job.html": contexts.JobPage,
    "batch.html": contexts.BatchPage,
    "problem.html": contexts.ProblemPage,
    "embed_chart.html": contexts.EmbedChartPage,
    "embed_code.html": contexts.EmbedCodePage,
    "embed_gone.html": contexts.EmbedGonePage,
    "embed_list.html": contexts.EmbedListPage,
    "embed_quote.html": contexts.EmbedQuotePage,
}


@pytest.fixture(scope="module")
def env() -> Environment:
    made = environment(FOLDER)
    made.globals |= {"static_url": str, "embed_sites": ()}
    return made


def given_above(tree: nodes.Template) -> set[str]:
    """The names that a template imports or sets for all of its blocks."""
    imported = {
        one if isinstance(one, str) else one[1] for found in tree.find_all(nodes.FromImport) for one in found.names
    }
    targets = [found.target for found in tree.body if isinstance(found, nodes.Assign)]
    return imported | {target.name for target in targets if isinstance(target, nodes.Name)}


def used_names(env: Environment, name: str) -> set[str]:
    """The names that a template and the layout it extends take from their context."""
    tree = env.parse((FOLDER / name).read_text("utf-8"))
    names = meta.find_undeclared_variables(tree) - set(env.globals) - given_above(tree)
    if (FOLDER / name).parent.name == "pages":
        names |= used_names(env, "layouts/base.html")
    return names - {"path", "base", "self", "alternates"}


@pytest.mark.parametrize("name", PAGES)
def test_a_template_uses_exactly_the_fields_of_its_context(env: Environment, name: str) -> None:
    assert used_names(env, f"pages/{name}") == {field.name for field in fields(PAGES[name])}


def test_every_page_has_a_context_and_every_context_a_page() -> None:
    assert {path.name for path in (FOLDER / "pages").iterdir()} == set(PAGES)
    named = {one for name, one in vars(contexts).items() if name.endswith("Page") and name != "Page"}
    assert named == set(PAGES.values())


@pytest.mark.parametrize("name", sorted(path.name for path in (FOLDER / "macros").iterdir()))
def test_a_macro_takes_nothing_from_the_page_around_it(env: Environment, name: str) -> None:
    assert not used_names(env, f"macros/{name}")


@pytest.mark.parametrize("one", PAGES.values(), ids=lambda one: str(one.__name__))
def test_every_context_is_documented_and_frozen(one: type) -> None:
    assert is_dataclass(one)
    assert one.__doc__
    assert one.__dataclass_params__.frozen  # type: ignore[attr-defined]


def sources() -> list[Path]:
    return sorted(FOLDER.rglob("*.html"))


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_template_opens_a_door(path: Path) -> None:
    text = path.read_text("utf-8")
    for door in (
        "|safe",
        "| safe",
        " style=",
        "onclick",
        "<style",
        "autoescape false",
        "javascript:",
        "http://",
        "//cdn",
    ):
        assert door not in text
    assert "<script" not in text.replace('<script type="module" src=', "")
