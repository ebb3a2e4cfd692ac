"""The options of ``communique topics add`` and ``edit``: one for each field of a topic."""

from __future__ import annotations

from typing import Annotated

import typer

LabelOption = Annotated[
    str | None, typer.Option("--label", metavar="TEXT", help="What pages call it.", show_default=False)
]
DescriptionOption = Annotated[
    str | None, typer.Option("--description", metavar="TEXT", help="What belongs to it.", show_default=False)
]
ColourOption = Annotated[
    str | None, typer.Option("--colour", metavar="#RRGGBB", help="As in #b45309.", show_default=False)
]
TermOption = Annotated[
    list[str] | None,
    typer.Option("--term", metavar="WORDS", help="Found in every form and case.", show_default=False),
]
NameOption = Annotated[
    list[str] | None, typer.Option("--name", metavar="WORDS", help="Found to the letter.", show_default=False)
]
EntityOption = Annotated[
    list[str] | None,
    typer.Option("--entity", metavar="LABEL: NAME", help='Of one kind, as in "GPE: Georgia".', show_default=False),
]
ExcludedOption = Annotated[
    list[str] | None,
    typer.Option("--excluded", metavar="WORDS", help="Inside it, no word of the topic counts.", show_default=False),
]
MentionOption = Annotated[
    list[str] | None,
    typer.Option("--mention", metavar="WORDS", help="Means it once it was named.", show_default=False),
]
VoiceOption = Annotated[
    list[str] | None,
    typer.Option("--voice", metavar="WORDS", help='Who speaks for it: their "we" means it.', show_default=False),
]
PatternOption = Annotated[
    list[str] | None,
    typer.Option(
        "--pattern", metavar="JSON", help='spaCy\'s Matcher: [{"LEMMA": "gas"}, {"LOWER": "price"}]', show_default=False
    ),
]
RemoveTermOption = Annotated[
    list[str] | None, typer.Option("--remove-term", metavar="WORDS", help="Take it out.", show_default=False)
]
RemoveNameOption = Annotated[
    list[str] | None, typer.Option("--remove-name", metavar="WORDS", help="Take it out.", show_default=False)
]
RemoveEntityOption = Annotated[
    list[str] | None, typer.Option("--remove-entity", metavar="LABEL: NAME", help="Take it out.", show_default=False)
]
RemoveExcludedOption = Annotated[
    list[str] | None, typer.Option("--remove-excluded", metavar="WORDS", help="Take it out.", show_default=False)
]
RemoveMentionOption = Annotated[
    list[str] | None, typer.Option("--remove-mention", metavar="WORDS", help="Take it out.", show_default=False)
]
RemoveVoiceOption = Annotated[
    list[str] | None, typer.Option("--remove-voice", metavar="WORDS", help="Take it out.", show_default=False)
]
RemovePatternOption = Annotated[
    list[str] | None, typer.Option("--remove-pattern", metavar="JSON", help="Take it out.", show_default=False)
]
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The topic's id.", show_default=False)]
