from app.nlp.learned.features import COLUMNS, DEPS, TABLE_SIZE, words_of
from app.nlp.scene import Scene
from tests.nlp.docs import doc_of, linked

QUOTED = """
Ann P 1 nsubj
said V 1 ROOT say
¶ _ 1 dep
“~ . 5 punct
no N 5 det
rain~ N 1 ccomp
” . 1 punct
"""


def test_words_leave_blanks_out_and_keep_the_parse() -> None:
    doc = linked(doc_of(QUOTED, ents={"Ann": "PERSON"}))
    words = words_of(Scene.of(doc))
    assert words.texts == ["Ann", "said", "“", "no", "rain", "”"]
    assert words.tokens.tolist() == [0, 1, 3, 4, 5, 6]
    assert words.heads.tolist() == [1, 1, 4, 4, 1, 1]
    assert [DEPS[i] for i in words.relations] == ["nsubj", "ROOT", "punct", "det", "ccomp", "punct"]
    assert list(zip(words.lefts.tolist(), words.rights.tolist(), strict=True))[1] == (0, 6)
    assert list(zip(words.lefts.tolist(), words.rights.tolist(), strict=True))[4] == (2, 5)


def test_each_column_of_features_has_its_own_rows_of_the_table() -> None:
    words = words_of(Scene.of(linked(doc_of(QUOTED, ents={"Ann": "PERSON"}))))
    assert words.features.shape == (6, COLUMNS)
    assert (words.features >= 0).all()
    assert (words.features < TABLE_SIZE).all()
    assert (words.features[:, 1:] > words.features[:, :-1].max(axis=0)).all()


def test_the_place_in_a_quotation_is_a_feature() -> None:
    words = words_of(Scene.of(linked(doc_of(QUOTED))))
    places = words.features[:, 6] - words.features[0, 6]
    assert places.tolist() == [0, 0, 1, 2, 4, 1]


def test_a_name_is_a_feature_as_it_begins() -> None:
    named = words_of(Scene.of(linked(doc_of(QUOTED, ents={"Ann": "PERSON"})))).features[:, 4]
    plain = words_of(Scene.of(linked(doc_of(QUOTED)))).features[:, 4]
    assert named[0] != plain[0]
    assert named[1:].tolist() == plain[1:].tolist()
