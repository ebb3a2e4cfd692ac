"""``communique topics``: the code book, seen and changed at the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.cli import topic_options as field
from app.cli.terms import DatabaseOption, PipelineOption, say
from app.cli.topic_printing import counted, print_table

EXAMPLES = """\b
communique topics list
communique topics add trade --label Trade --term tariff --term "trade deal" --name WTO
communique topics edit trade
communique topics test "The tariffs will stay, the minister said."
communique topics export topics.toml
"""

topics = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")


class Format(StrEnum):
    """The files that a code book can be in."""

    TOML = "toml"
    QDC = "qdc"


@topics.callback(epilog=EXAMPLES)
def about() -> None:
    """See the topics that quotes are sorted by, change them, take them elsewhere and back.

    A change is saved at once and every quote in the library gets its topics anew.
    `communique topics undo` takes it back.
    """


@topics.command("list")
def list_topics(database: DatabaseOption = None) -> None:
    """List the topics: id, label, how many words they have, and how many quotes and indirect ones."""
    from app.cli.topic_library import opened
    from app.codebook.fields import WORD_LISTS
    from app.store.filters import AttributionFilter
    from app.store.stats import topic_counts

    with opened(database) as library, library.engine.connect() as conn:
        counts = topic_counts(conn, AttributionFilter())
    rows = [["id", "label", "words", "quotes", "indirect"]]
    for count in counts:
        words = sum(len(getattr(count.topic, name)) for name in (*WORD_LISTS, "patterns"))
        label = " ".join(count.topic.label.split())
        rows.append([count.topic.id, label, f"{words:,}", f"{count.quotes:,}", f"{count.indirect:,}"])
    print_table(rows, right=(2, 3, 4))


@topics.command()
def show(topic_id: field.IdArgument, database: DatabaseOption = None) -> None:
    """Show one topic as TOML, ready to be kept in a file and imported again."""
    from app.cli.topic_changes import find
    from app.cli.topic_library import opened
    from app.codebook import write_codebook

    with opened(database) as library:
        print(write_codebook([find(library.topics, topic_id)]), end="", flush=True)


@topics.command()
def add(
    topic_id: field.IdArgument,
    label: field.LabelOption = None,
    description: field.DescriptionOption = None,
    colour: field.ColourOption = None,
    term: field.TermOption = None,
    name: field.NameOption = None,
    entity: field.EntityOption = None,
    excluded: field.ExcludedOption = None,
    mention: field.MentionOption = None,
    voice: field.VoiceOption = None,
    pattern: field.PatternOption = None,
    database: DatabaseOption = None,
) -> None:
    """Add a topic. Options for words may be given again and again.

    \b
    communique topics add trade --label Trade --term tariff --term "trade deal" --name WTO
    """
    from app.cli.topic_changes import added
    from app.cli.topic_library import opened

    values = {"id": topic_id, "label": label, "description": description, "colour": colour}
    words = _lists(term, name, entity, excluded, mention, voice, pattern)
    with opened(database) as library:
        library.save(added(library.topics, values, words), f"Added {topic_id}.")


@topics.command()
def edit(
    topic_id: field.IdArgument,
    label: field.LabelOption = None,
    description: field.DescriptionOption = None,
    colour: field.ColourOption = None,
    term: field.TermOption = None,
    name: field.NameOption = None,
    entity: field.EntityOption = None,
    excluded: field.ExcludedOption = None,
    mention: field.MentionOption = None,
    voice: field.VoiceOption = None,
    pattern: field.PatternOption = None,
    remove_term: field.RemoveTermOption = None,
    remove_name: field.RemoveNameOption = None,
    remove_entity: field.RemoveEntityOption = None,
    remove_excluded: field.RemoveExcludedOption = None,
    remove_mention: field.RemoveMentionOption = None,
    remove_voice: field.RemoveVoiceOption = None,
    remove_pattern: field.RemovePatternOption = None,
    database: DatabaseOption = None,
) -> None:
    """Change a topic by options, or without any in your editor (VISUAL, EDITOR).

    \b
    communique topics edit energy --term "heat pump" --remove-term hydrogen
    """
    from app.cli.topic_changes import edited, find, replaced
    from app.cli.topic_editor import from_editor
    from app.cli.topic_library import opened

    values = {"label": label, "description": description, "colour": colour}
    words = _lists(term, name, entity, excluded, mention, voice, pattern)
    gone = _lists(
        remove_term, remove_name, remove_entity, remove_excluded, remove_mention, remove_voice, remove_pattern
    )
    with opened(database) as library:
        topic = find(library.topics, topic_id)
        if any(given is not None for given in (*values.values(), *words.values(), *gone.values())):
            changed = edited(topic, values, words, gone)
            library.save(replaced(library.topics, topic_id, [changed]), f"Changed {topic_id}.")
            return
        with from_editor(topic) as written:
            library.save(replaced(library.topics, topic_id, written), f"Changed {topic_id}.")


@topics.command()
def remove(topic_id: field.IdArgument, database: DatabaseOption = None) -> None:
    """Take a topic away. Its quotes stay; those that no other topic fits are "other" then."""
    from app.cli.topic_changes import find, replaced
    from app.cli.topic_library import opened
    from app.store.filters import AttributionFilter
    from app.store.stats import topic_counts

    with opened(database) as library:
        topic = find(library.topics, topic_id)
        with library.engine.connect() as conn:
            (count,) = [one for one in topic_counts(conn, AttributionFilter()) if one.topic.id == topic_id]
        library.save(replaced(library.topics, topic_id, ()), f"Removed {topic_id}.")
    lost = f"{counted(count.quotes, 'quote')} and {counted(count.indirect, 'indirect one')}"
    label = " ".join(topic.label.split())
    say(f"{lost} lost the topic “{label}”; all of them stay in the library.")


@topics.command("import")
def import_topics(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="TOML or .qdc; its content tells.", show_default=False)],
    replace: Annotated[bool, typer.Option("--replace", help="Take away the topics that FILE does not have.")] = False,
    database: DatabaseOption = None,
) -> None:
    """Take topics from a file: those with a known id change, the others are added.

    \b
    communique topics import topics.toml
    communique topics import --replace codes-of-the-project.qdc
    """
    from app.cli.topic_changes import merged
    from app.cli.topic_library import opened
    from app.codebook import CodeBookError, read_topics

    given = read_topics(file)
    if not given:
        raise CodeBookError(f"{file} has no topic to import.")
    with opened(database) as library:
        library.save(given if replace else merged(library.topics, given), f"Imported {file.name}.")


@topics.command()
def export(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Otherwise standard output.", show_default=False)
    ] = None,
    form: Annotated[
        Format | None,
        typer.Option("--format", help="Otherwise as FILE ends; else toml.", show_default=False),
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Write all topics as TOML, or as a REFI-QDA code book for QualCoder, NVivo, ATLAS.ti and MAXQDA.

    \b
    communique topics export > topics.toml
    communique topics export codes.qdc
    """
    from app.cli.topic_library import opened
    from app.codebook import export_qdc, write_codebook

    by_name = Format.QDC if file is not None and file.suffix.lower() == ".qdc" else Format.TOML
    with opened(database) as library:
        wanted = form or by_name
        data = export_qdc(library.topics) if wanted is Format.QDC else write_codebook(library.topics).encode()
    if file is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    else:
        file.write_bytes(data)
        say(f"{len(library.topics)} topics are in {file}.")


@topics.command("test")
def try_out(
    text: Annotated[
        str, typer.Argument(metavar="TEXT|FILE", help="Words, or a .txt or .json file.", show_default=False)
    ],
    book: Annotated[
        Path | None,
        typer.Option(
            "--topics", metavar="FILE", help="Topics in TOML or .qdc; else the library's.", show_default=False
        ),
    ] = None,
    database: DatabaseOption = None,
    pipeline: PipelineOption = None,
) -> None:
    """Say which topics the paragraphs and quotes of a text would get, and by which words. Saves nothing.

    Prints a line for each topic, parted by tabs: paragraph, quote or indirect; the topic; the words that decided,
    each with its rule; what was judged.

    \b
    communique topics test '“We need more pipelines,” she said.'
    communique topics test summit.txt --topics draft.toml
    """
    from app.cli.topic_library import opened
    from app.cli.topic_trial import text_of, trial
    from app.codebook import read_topics
    from app.settings import load_settings

    settings = load_settings(database_url=database, pipeline=pipeline)
    words = text_of(text, max_characters=settings.max_characters)
    if book is not None:
        tried = read_topics(book)
    else:
        with opened(database) as library:
            tried = library.topics
    for line in trial(words, tried, settings.pipeline):
        print(line, flush=True)


@topics.command()
def undo(database: DatabaseOption = None) -> None:
    """Take back the last change; again, the one before it."""
    from app.cli.topic_library import opened, report
    from app.ingest.topics import undo_topics

    with opened(database) as library:
        report(undo_topics(library.engine, library.settings))


@topics.command()
def history(database: DatabaseOption = None) -> None:
    """List what was saved, newest first: number, time, how many topics there were, and what changed."""
    from app.cli.topic_library import opened
    from app.store.topic_revisions import topics_history

    with opened(database) as library, library.engine.connect() as conn:
        revisions = topics_history(conn)
    if not revisions:
        say("Nobody has changed the topics yet.")
        return
    rows = [["revision", "saved", "topics", "what"]]
    for one in revisions:
        saved = one.saved.astimezone().strftime("%Y-%m-%d %H:%M")
        rows.append([str(one.number), saved, str(len(one.topics)), " ".join(one.note.split())])
    print_table(rows, right=(0, 2))


def _lists(*words: Sequence[str] | None) -> dict[str, Sequence[str] | None]:
    """*words* under the names of the lists, in the order that the options have."""
    from app.codebook.fields import WORD_LISTS

    return dict(zip((*WORD_LISTS, "patterns"), words, strict=True))
