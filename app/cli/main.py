"""The commands, put together."""

from typing import Annotated

import typer

from app import __version__
from app.cli.analyse import analyse
from app.cli.articles import articles
from app.cli.assets import assets
from app.cli.copies import backup, restore
from app.cli.corrections import corrections
from app.cli.doctor import doctor
from app.cli.evaluate import evaluate
from app.cli.export import export
from app.cli.feeds import feed
from app.cli.ingest import ingest
from app.cli.jobs import jobs
from app.cli.reanalyse import reanalyse
from app.cli.search import search
from app.cli.serve import serve
from app.cli.share import share
from app.cli.speakers import speakers
from app.cli.topics import topics
from app.cli.train import train

EXAMPLES = """\b
communique serve
communique ingest summit.pdf articles/ https://www.example.org/statement
communique search '"energy partnership" speaker:putin'
communique analyse article.txt
communique topics list
communique evaluate labelled/
communique backup summits-today.sqlite
communique doctor
"""

app = typer.Typer(
    name="communique",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"communique {__version__}")
        raise typer.Exit


@app.callback(epilog=EXAMPLES)
def communique(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Who said what, on which topic, in which words, and where."""


for command in (serve, ingest, search, export, reanalyse, analyse, evaluate, train, doctor, assets, backup, restore):
    app.command()(command)
app.add_typer(topics, name="topics")
app.add_typer(articles, name="articles")
app.add_typer(speakers, name="speakers")
app.add_typer(corrections, name="corrections")
app.add_typer(feed, name="feed")
app.add_typer(jobs, name="jobs")
app.add_typer(share, name="share")
