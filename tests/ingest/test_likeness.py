import hashlib
import subprocess
import sys
import time

import pytest
from sqlalchemy import Engine, select

from app.domain import Article
from app.ingest.likeness import FEWEST_WORDS, folded_words, sign_missing, signature
from app.store import meta
from app.store.articles import add_article
from app.store.intake_schema import signatures
from app.store.versions import PERMUTATIONS, THRESHOLD, likeness, versions_of
from tests.factories import make_analysis
from tests.ingest.copies import SUMMIT, TRADE, near_copies, other_texts, restyled, updated


@pytest.mark.parametrize(("name", "one", "other"), [pytest.param(*pair, id=pair[0]) for pair in near_copies()])
def test_a_near_copy_is_well_above_the_threshold(name: str, one: str, other: str) -> None:
    assert likeness(signature(one), signature(other)) > THRESHOLD + 0.1, name


@pytest.mark.parametrize(("name", "one", "other"), [pytest.param(*pair, id=pair[0]) for pair in other_texts()])
def test_another_text_is_below_the_threshold(name: str, one: str, other: str) -> None:
    assert likeness(signature(one), signature(other)) < (THRESHOLD if "brief" in name else 0.25), name


def test_marks_blanks_case_and_paragraphs_do_not_count() -> None:
    assert signature(restyled(SUMMIT)) == signature(SUMMIT) == signature(SUMMIT.upper())
    assert folded_words("“Don\u2019t”\u00a0co\u00adoperate") == folded_words('"don\'t" Cooperate')


def test_scripts_without_blanks_are_read_by_characters() -> None:
    assert folded_words("共同声明 of 2023") == ["共", "同", "声", "明", "of", "2023"]


def test_a_text_too_short_to_say_has_no_signature() -> None:
    words = [f"word{number}" for number in range(FEWEST_WORDS)]
    assert signature("") == signature(" ".join(words[1:])) == b""
    assert len(signature(" ".join(words))) == 4 * PERMUTATIONS


def test_a_signature_is_the_same_in_every_process_and_version() -> None:
    made = signature(TRADE)
    assert hashlib.sha256(made).hexdigest()[:16] == "17e13cde0ec49ada"
    code = "from app.ingest.likeness import signature; import sys; print(signature(sys.stdin.read()).hex())"
    other = subprocess.run([sys.executable, "-c", code], input=TRADE, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == made.hex()


def test_what_the_server_imports_brings_no_datasketch_along() -> None:
    code = "import app.ingest.likeness, sys; print('datasketch' in sys.modules or 'scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_an_article_is_signed_in_milliseconds() -> None:
    text = " ".join(f"word{number * 7919 % 1009}" for number in range(700))
    signature(text)
    fastest = min(_seconds(text) for _ in range(5))
    assert fastest < 0.010


def _seconds(text: str) -> float:
    begun = time.perf_counter()
    signature(text)
    return time.perf_counter() - begun


def test_libraries_of_older_versions_get_their_signatures_and_links(sqlite_engine: Engine) -> None:
    texts = {"wire": SUMMIT, "trade": TRADE, "short": "Nothing.", "update": updated(SUMMIT)}
    with sqlite_engine.begin() as conn:
        for title, text in texts.items():
            add_article(conn, Article(title, text), make_analysis(text))
        before = meta.revision(conn)
    assert sign_missing(sqlite_engine, batch=3) == 4
    with sqlite_engine.connect() as conn:
        assert [row.slug for row in versions_of(conn, "wire")] == ["update"]
        assert versions_of(conn, "trade") == ()
        assert meta.revision(conn) > before, "pages that were kept must show the new links"
        assert len(conn.execute(select(signatures)).all()) == 4
    assert sign_missing(sqlite_engine) == 0


def test_signatures_may_be_made_in_another_process(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        add_article(conn, Article("one", "A text."), make_analysis("A text."))
    asked: list[str] = []

    def sign(text: str) -> bytes:
        asked.append(text)
        return b""

    assert sign_missing(sqlite_engine, sign=sign) == 1
    assert asked == ["A text."]
