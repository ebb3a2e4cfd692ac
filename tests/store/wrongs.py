"""Statements that break a library, what the checkup calls it, and what helps."""

from __future__ import annotations

from app.store.troubles import Kind, Remedy

FIRST = "(SELECT min(id) FROM articles)"
NUMBERED = "(SELECT id FROM articles WHERE slug = 'report-0')"
DELETED = "(SELECT id FROM articles WHERE deleted IS NOT NULL)"
QUOTE = f"(SELECT min(id) FROM quotes WHERE article_id = {FIRST})"
SAID = f"(SELECT min(id) FROM attributions WHERE article_id = {FIRST})"
WRONG = {
    "a text that was changed": (
        f"UPDATE articles SET text = replace(text, 'Beijing', 'Beiping') WHERE id = {FIRST}",
        Kind.TEXT,
        Remedy.BACKUP,
        "The text of “leaders-meet-in-beijing” is not the one that was taken in",
    ),
    "a text that was changed and whose original is there": (
        f"UPDATE articles SET text = replace(text, 'someone', 'anybody') WHERE id = {NUMBERED}",
        Kind.TEXT,
        Remedy.REREAD,
        "The text of “report-0” is not",
    ),
    "a wrong number of words": (
        f"UPDATE articles SET words = words + 7 WHERE id = {FIRST}",
        Kind.WORDS,
        Remedy.REBUILD,
        "“leaders-meet-in-beijing” has 47 words, not 54",
    ),
    "a paragraph past the end": (
        f'UPDATE paragraphs SET "end" = 9999 WHERE position = 1 AND article_id = {NUMBERED}',
        Kind.PARAGRAPH,
        Remedy.REREAD,
        "In “report-0” a paragraph stands at",
    ),
    "paragraphs that overlap": (
        f"UPDATE paragraphs SET start = 3 WHERE position = 1 AND article_id = {FIRST}",
        Kind.PARAGRAPH,
        Remedy.BACKUP,
        "The paragraphs of “leaders-meet-in-beijing” overlap, or are in another order, at 3",
    ),
    "a paragraph of an unknown kind": (
        f"UPDATE paragraphs SET kind = 'poem' WHERE position = 1 AND article_id = {NUMBERED}",
        Kind.PARAGRAPH,
        Remedy.REREAD,
        "is of no known kind: poem",
    ),
    **{
        f"a {name} past the end": (
            f"UPDATE attribution_spans SET \"end\" = 9999 WHERE role = '{name}' AND attribution_id = {SAID}",
            Kind.SPAN,
            Remedy.ANALYSE,
            f"a {name} stands at",
        )
        for name in ("source", "cue", "content")
    },
    **{
        f"a {name} past the end": (
            f"UPDATE attributions SET {name}_start = 5, {name}_end = 9999 WHERE id = {SAID}",
            Kind.SPAN,
            Remedy.ANALYSE,
            f"the {words} of an attribution stands at",
        )
        for name, words in (
            ("clause", "clause"),
            ("sentence", "sentence"),
            ("before", "sentence before"),
            ("after", "sentence after"),
        )
    },
    "an attribution of an unknown kind": (
        f"UPDATE attributions SET kind = 'sung' WHERE id = {SAID}",
        Kind.SPAN,
        Remedy.ANALYSE,
        "An attribution of “leaders-meet-in-beijing” is of no known kind: sung",
    ),
    "a missing speaker": (
        f"DELETE FROM speakers WHERE id = (SELECT speaker_id FROM attributions WHERE id = {SAID})",
        Kind.SPAN,
        Remedy.ANALYSE,
        "A speaker of “leaders-meet-in-beijing” is missing",
    ),
    "a mention past the end": (
        'UPDATE mentions SET "end" = 9999 WHERE position = 0',
        Kind.SPAN,
        Remedy.ANALYSE,
        "a mention of a speaker stands at",
    ),
    "evidence past the end": (
        f'UPDATE evidence SET "end" = 9999 WHERE quote_id = {QUOTE}',
        Kind.SPAN,
        Remedy.ANALYSE,
        "evidence stands at",
    ),
    "evidence that refers past the end": (
        f"UPDATE evidence SET refers_start = 1, refers_end = 9999 WHERE quote_id = {QUOTE}",
        Kind.SPAN,
        Remedy.ANALYSE,
        "what evidence refers to stands at 1–9999",
    ),
    "evidence of another quote": (
        f"UPDATE evidence SET quote_id = {QUOTE} + 1 WHERE quote_id = {QUOTE}",
        Kind.SPAN,
        Remedy.ANALYSE,
        "Evidence in “leaders-meet-in-beijing” belongs to a quote of something else",
    ),
    "a quote past the end": (
        f'UPDATE quotes SET "end" = 9999 WHERE id = {QUOTE}',
        Kind.QUOTE,
        Remedy.ANALYSE,
        "stands at",
    ),
    "a window past the end": (
        f"UPDATE quotes SET window_end = 9999 WHERE id = {QUOTE}",
        Kind.QUOTE,
        Remedy.ANALYSE,
        "what is shown of the quote",
    ),
    "a quote outside of its window": (
        f"UPDATE quotes SET window_start = start + 1 WHERE id = {QUOTE}",
        Kind.QUOTE,
        Remedy.ANALYSE,
        "stands outside of what is shown of it",
    ),
    "a quote outside of its attribution": (
        f'UPDATE quotes SET "end" = "end" + 5 WHERE id = {QUOTE}',
        Kind.QUOTE,
        Remedy.ANALYSE,
        "is not in what its attribution says",
    ),
    "a quote under another address": (
        f"UPDATE quotes SET uid = 'aaaaaaaaaaaa' WHERE id = {QUOTE}",
        Kind.QUOTE,
        Remedy.ANALYSE,
        "The quote aaaaaaaaaaaa of “leaders-meet-in-beijing” has the address of other words",
    ),
    "a quote of another article's attribution": (
        f"UPDATE quotes SET attribution_id = (SELECT max(id) FROM attributions) WHERE id = {QUOTE}",
        Kind.QUOTE,
        Remedy.ANALYSE,
        "belongs to an attribution of another article",
    ),
    "a quote without a topic": (
        f"DELETE FROM quote_topics WHERE quote_id = {QUOTE}",
        Kind.TOPIC,
        Remedy.ANALYSE,
        "has no topic, not even “other”",
    ),
    "a topic that is not there": (
        f"UPDATE quote_topics SET topic_id = 'fish' WHERE quote_id = {QUOTE}",
        Kind.TOPIC,
        Remedy.ANALYSE,
        "A quote of “leaders-meet-in-beijing” has the topic “fish”, which the library does not have",
    ),
    "tokens that are no JSON": (
        f"UPDATE readings SET tokens = '[[1,' WHERE article_id = {FIRST}",
        Kind.READING,
        Remedy.ANALYSE,
        "What the topics of “leaders-meet-in-beijing” are judged by cannot be read",
    ),
    "a token past the end": (
        f"""UPDATE readings SET tokens = '[[0],[9999],["x"],["N"],[0],[]]' WHERE article_id = {FIRST}""",
        Kind.READING,
        Remedy.ANALYSE,
        "ends at 9999 of",
    ),
    "readings of quotes that are not there": (
        f"""UPDATE readings SET quotes = '{{"zzz":[[0,5]]}}' WHERE article_id = {FIRST}""",
        Kind.READING,
        Remedy.ANALYSE,
        "names a quote zzz, which is not there",
    ),
    "a piece past the end": (
        "UPDATE sources SET pieces = '[[0,9999,0,9,null,\"\"]]'",
        Kind.SOURCE,
        Remedy.REREAD,
        "a piece of its original stands at 0–9999",
    ),
    "pieces that cannot be read": (
        "UPDATE sources SET pieces = '[[0]]'",
        Kind.SOURCE,
        Remedy.REREAD,
        "Where “report-0” stands in its original cannot be read",
    ),
    "an original that is lost": (
        f"DELETE FROM originals WHERE hash = (SELECT original FROM sources WHERE article_id = {NUMBERED})",
        Kind.LOST,
        Remedy.BACKUP,
        "Of sources, 1 need one of originals that is lost",
    ),
    "paragraphs of no article": (
        "INSERT INTO paragraphs (article_id, position, start, \"end\", kind) VALUES (999, 0, 0, 1, 'body')",
        Kind.ORPHAN,
        Remedy.REBUILD,
        "Of paragraphs, 1 belong to none of articles",
    ),
    "a job of no article": (
        "UPDATE jobs SET article_id = 999 WHERE status = 'done'",
        Kind.ORPHAN,
        Remedy.REBUILD,
        "Of jobs, 1 belong to none of articles",
    ),
    "a deleted article without what was kept of it": (
        "DELETE FROM trash",
        Kind.TRASH,
        Remedy.BACKUP,
        "“report-77” was deleted and cannot be brought back: nothing was kept of it",
    ),
    "a present article among the deleted": (
        f"UPDATE trash SET article_id = {FIRST}",
        Kind.LEFT_OVER,
        Remedy.REBUILD,
        "“leaders-meet-in-beijing” is in the library and among what was deleted too",
    ),
    "paragraphs of a deleted article": (
        f"INSERT INTO paragraphs (article_id, position, start, \"end\", kind) VALUES ({DELETED}, 0, 0, 1, 'body')",
        Kind.LEFT_OVER,
        Remedy.REBUILD,
        "“report-77” was deleted, but quotes or paragraphs of it are still there",
    ),
    "bands of other articles": (
        "UPDATE bands SET value = value + 1 WHERE band = 0",
        Kind.BANDS,
        Remedy.REBUILD,
        "“leaders-meet-in-beijing” is not found by those that are like it",
    ),
    "a signature without bands": ("DELETE FROM bands", Kind.BANDS, Remedy.REBUILD, "is not found by those"),
    "a version of itself": (
        f"INSERT INTO versions (article_id, other_id, likeness) VALUES ({FIRST}, {FIRST}, 1)",
        Kind.VERSION,
        Remedy.REBUILD,
        "“leaders-meet-in-beijing” is said to be a version of itself",
    ),
    "an original that nobody needs": (
        "UPDATE jobs SET original = NULL, status = 'failed', finished = created WHERE original IS NOT NULL",
        Kind.UNUSED,
        Remedy.REBUILD,
        "of 5 bytes is needed by no article and no job",
    ),
    "a job that is over since no moment": (
        "UPDATE jobs SET finished = NULL",
        Kind.JOB,
        Remedy.REBUILD,
        "“done.txt” is over, but nobody knows since when",
    ),
    "a job in nobody's hands": (
        "UPDATE jobs SET worker = NULL WHERE status = 'working'",
        Kind.JOB,
        Remedy.REBUILD,
        "“wait.txt” is being worked on by nobody",
    ),
    "a job without its address": (
        "UPDATE jobs SET url = NULL WHERE kind = 'url'",
        Kind.JOB,
        Remedy.REBUILD,
        "waits for a document that is not there",
    ),
    "counts of other quotes": (
        "UPDATE count_topics SET direct = direct + 1",
        Kind.COUNTS,
        Remedy.REBUILD,
        "do not fit the quotes",
    ),
    "a quote that is not found by its words": (
        f"DELETE FROM search_rows WHERE quote_id = {QUOTE}",
        Kind.SEARCH,
        Remedy.REBUILD,
        "Quotes of “leaders-meet-in-beijing” are not found by their words",
    ),
    "a title that quotes are not found by": (
        f"UPDATE articles SET title = 'Another' WHERE id = {FIRST}",
        Kind.SEARCH,
        Remedy.REBUILD,
        "Quotes of “leaders-meet-in-beijing” are not found by their words",
    ),
    "words of an article that is not there": (
        f"UPDATE search_rows SET article_id = 999 WHERE quote_id = {QUOTE}",
        Kind.SEARCH,
        Remedy.REBUILD,
        "Quotes of the article 999 are found, which is not there",
    ),
    "a revision that is no number": (
        "UPDATE meta SET value = 'many' WHERE name = 'revision'",
        Kind.REVISION,
        Remedy.REBUILD,
        "Pages cannot tell how often the library has changed",
    ),
}
