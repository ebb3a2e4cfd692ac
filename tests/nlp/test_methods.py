import pytest

from app.nlp import methods
from app.nlp.methods import Method, best_method, chosen


@pytest.mark.parametrize(
    ("name", "method", "base"),
    [
        (None, None, None),
        ("rules", Method.RULES, None),
        ("learned", Method.LEARNED, None),
        ("rules:de_core_news_sm", Method.RULES, "de_core_news_sm"),
        ("en_core_web_sm", None, "en_core_web_sm"),
        ("C:\\models\\mine", None, "C:\\models\\mine"),
    ],
)
def test_a_name_is_a_method_a_pipeline_or_both(name: str | None, method: Method | None, base: str | None) -> None:
    assert chosen(name) == (method, base)


def test_the_tagger_is_used_where_it_can_be() -> None:
    assert best_method("en") is Method.LEARNED
    assert best_method("de") is Method.RULES


def test_without_weights_or_their_runtime_the_rules_do_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(methods, "missing", lambda folder: ["encoder.onnx"])
        assert best_method("en") is Method.RULES
    monkeypatch.setattr(methods, "find_spec", lambda package: None)
    assert best_method("en") is Method.RULES
