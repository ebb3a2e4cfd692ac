"""Topics judged anew for a text that was parsed before: no pipeline is loaded."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain import Reading, Tokens, Topic, TopicEvidence


class TopicTagger:
    """Finds the terms of *topics* in stored tokens and judges readings by them, as the pipeline does.

    Raises:
        AnalysisError: a topic has a pattern that spaCy does not take; the message names both.
    """

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = tuple(topics)

    def evidence(self, text: str, tokens: Tokens, readings: Sequence[Reading]) -> list[tuple[TopicEvidence, ...]]:
        """Why each of *readings*, in their order, has its topics; empty where it has none ("other")."""
        raise NotImplementedError
