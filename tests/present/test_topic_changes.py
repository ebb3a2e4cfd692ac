from dataclasses import replace

from app.domain import OTHER, Topic
from app.present.topic_changes import FieldChange, field_changes, topic_changes

GAS = Topic("gas", "Gas", "Natural gas.", "#b45309", ("gas", "pipeline"), ("OPEC",))
NATO = Topic("nato", "NATO", "", "#1d4ed8", (), ("NATO",))


def test_a_list_is_compared_word_by_word_and_a_text_as_a_whole() -> None:
    after = replace(GAS, label="Fuel", terms=("pipeline", "oil"), voices=("minister",))
    assert field_changes(GAS, after) == (
        FieldChange("Label", ("Fuel",), ("Gas",)),
        FieldChange("Words and phrases", ("oil",), ("gas",)),
        FieldChange("Who speaks for it", ("minister",), ()),
    )


def test_another_order_of_words_is_no_change() -> None:
    assert field_changes(GAS, replace(GAS, terms=("pipeline", "gas"))) == ()


def test_topics_are_new_changed_or_deleted() -> None:
    after = [replace(GAS, description=""), Topic("us", "US", "", "#b91c1c", names=("US",))]
    found = topic_changes([GAS, NATO], after)
    assert [(change.id, change.what) for change in found] == [("gas", "changed"), ("us", "new"), ("nato", "deleted")]
    assert found[0].fields == (FieldChange("Description", (), ("Natural gas.",)),)
    assert FieldChange("Names", ("US",), ()) in found[1].fields


def test_other_and_the_mere_order_of_topics_are_left_out() -> None:
    assert topic_changes([GAS, NATO, Topic(OTHER, "Other", "", "#000000")], [NATO, GAS]) == ()
