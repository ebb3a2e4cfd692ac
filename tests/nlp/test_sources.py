"""Whose verb a cue is."""

from __future__ import annotations

import pytest

from app.nlp.scene import Scene
from app.nlp.sources import find_source
from tests.nlp.docs import doc_of

SENT_A_LETTER = """
Moss P 1 nsubj
sent V 1 ROOT send
a D 3 det
letter N 1 dobj
saying G 3 acl say
gas N 6 nsubj
rose~ V 4 ccomp rise
. . 1 punct
"""

ASKED = """
Asked V 5 advcl ask
why B 2 advmod
gas V 0 ccomp
rose~ N 2 dobj
, . 5 punct
shrugged V 5 ROOT shrug
Moss~ P 5 nsubj
. . 5 punct
"""

JEERED = """
Moss P 2 nsubjpass
was X 2 auxpass
jeered V 2 ROOT jeer
after I 2 prep
stating G 3 pcomp state
facts~ NS 4 dobj fact
. . 2 punct
"""

QUICK = """
Moss P 1 nsubj
is V 1 ROOT be
quick A 1 acomp
to X 4 aux
deny V 2 xcomp
it~ R 4 dobj
. . 1 punct
"""

GROUPS = """
Moss P 1 nsubj
met V 1 ROOT meet
groups NS 1 dobj group
backing G 2 acl back
Berg~ P 3 dobj
. . 1 punct
"""

DEBATE = """
Moss P 1 nsubj
left V 1 ROOT leave
after I 1 prep
the D 4 det
debate~ N 2 pobj
, . 4 punct
blaming G 4 acl blame
Berg~ P 6 dobj
. . 1 punct
"""


@pytest.mark.parametrize(
    ("lines", "cue", "source"),
    [
        (SENT_A_LETTER, "saying", "Moss"),
        (ASKED, "Asked", None),
        (JEERED, "stating", "Moss"),
        (QUICK, "deny", "Moss"),
        (GROUPS, "backing", "groups"),
        (DEBATE, "blaming", "Moss"),
    ],
)
def test_a_cue_belongs_to_whoever_does_it(lines: str, cue: str, source: str | None) -> None:
    doc = doc_of(lines)
    token = next(token for token in doc if token.text == cue)
    found = find_source(Scene.of(doc), token)
    assert (found.text if found is not None else None) == source


def test_the_source_of_according_is_the_next_noun_behind_its_preposition() -> None:
    doc = doc_of(
        """
        According V 5 prep accord
        to I 0 prep
        Moss~ P 1 pobj
        , . 5 punct
        gas N 5 nsubj
        rose~ V 5 ROOT rise
        . . 5 punct
        """
    )
    found = find_source(Scene.of(doc), doc[0])
    assert found is not None
    assert found.text == "Moss"
