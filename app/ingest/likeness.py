"""How like two texts are: a signature each, of which equal places count what the texts share (MinHash)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice

from sqlalchemy import Engine

from app.store import meta
from app.store.versions import PERMUTATIONS, has_signature, link_versions, put_signature, unsigned

RUN = 3
"""Words in a run; shorter ones are everybody's, longer ones are broken by every changed word."""

FEWEST_WORDS = 30
"""Shorter texts have no signature: a sentence in common would make any two of them alike."""

_AT_ONCE = 4_096
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# Scripts without blanks between words: each character counts as one.
_ALONE = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(f"[{_ALONE}]|[^\\W{_ALONE}]+")

Signer = Callable[[str], bytes]


def signature(text: str) -> bytes:
    """The MinHash of the runs of three words in *text*: 128 numbers of 32 bits, little-endian.

    Case, punctuation, kinds of quotation marks and blanks do not count. Empty for a text of under 30 words.
    The same text has the same signature on every machine. Costs the import of datasketch once (half a second),
    so it belongs into a process beside the server.

    Source:
        Broder, "On the resemblance and containment of documents" (1997); datasketch's ``affine32``.
    """
    from datasketch import MinHash  # noqa: PLC0415 - half a second, SciPy with it

    words = folded_words(text)
    if len(words) < FEWEST_WORDS:
        return b""
    made = MinHash(num_perm=PERMUTATIONS, seed=1, scheme="affine32")
    runs = iter({" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)})
    while some := [run.encode() for run in islice(runs, _AT_ONCE)]:
        made.update_batch(some)
    packed: bytes = made.hashvalues.astype("<u4").tobytes()
    return packed


def folded_words(text: str) -> list[str]:
    """The words of *text* without case and punctuation, in order."""
    return _WORD.findall(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold())


def sign_missing(engine: Engine, *, batch: int = 50, sign: Signer = signature) -> int:
    """Sign the articles that a version before signatures stored, link those that are versions; how many were signed.

    Args:
        engine: the library; each batch is a transaction of its own, so it may be broken off and taken up again.
        batch: articles in a transaction; their texts are held at once.
        sign: makes the signatures, so that a server can have them made in its worker process.

    Raises:
        StoreError: the library cannot be written.
    """
    return sum(_batches(engine, batch, sign))


def _batches(engine: Engine, batch: int, sign: Signer) -> Iterator[int]:
    while True:
        with engine.connect() as conn:
            waiting = unsigned(conn, limit=batch)
        signed = [(one, sign(one.text)) for one in waiting]
        if not signed:
            return
        with engine.begin() as conn:
            meta.lock(conn)
            linked = 0
            for one, made in signed:
                if not has_signature(conn, one.id):
                    put_signature(conn, one.id, made)
                    linked += len(link_versions(conn, one.id, signature=made, url=one.url))
            if linked:
                meta.bump(conn)
        yield len(signed)
