"""A small labelled article."""

from app.nlp.scoring.attributions import LabelledArticle, Spans

TEXT = "Ines Prado says the strait is open. Rain fell. “We wait,” Leo Santos said."


def spans(*words: str) -> list[tuple[int, int]]:
    return [(TEXT.index(one), TEXT.index(one) + len(one)) for one in words]


ARTICLE = LabelledArticle(
    "strait",
    TEXT,
    [
        Spans(spans("the strait is open"), spans("Ines Prado"), spans("says")),
        Spans(spans("“We wait,”"), spans("Leo Santos"), spans("said")),
    ],
    ignore=spans("Rain fell"),
)
