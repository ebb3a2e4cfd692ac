"""Which language a text is in; every text is made up."""

from __future__ import annotations

import pytest

from app.nlp.language import other_language
from app.nlp.pipeline import Analyser
from app.text.paragraphs import split_paragraphs

TEXTS = {
    "de": "Die Ministerin Anna Berg sagte am Montag in Hamburg: „Wir werden nicht länger warten.“ Der Plan sei zu spät "
    "gekommen, und die Preise würden nach dem Sommer wieder steigen, erklärte sie.",
    "fr": "« Nous n’attendrons pas », a déclaré lundi la ministre Anne Berger. Selon elle, les prix vont encore monter "
    "après l’été, et le plan est arrivé trop tard pour les habitants de la région.",
    "es": "«No vamos a esperar más», dijo el lunes la ministra Ana Bermejo. Según ella, los precios van a subir "
    "después del verano y el plan ha llegado demasiado tarde para los vecinos.",
    "nl": "“We wachten niet langer”, zei minister Anna Berg maandag in Utrecht. Volgens haar zullen de prijzen na de "
    "zomer weer stijgen en is het plan te laat gekomen voor de bewoners.",
    "pl": "„Nie będziemy dłużej czekać”, powiedziała w poniedziałek minister Anna Bergowska. Według niej ceny po lecie "
    "znowu wzrosną, a plan pojawił się zbyt późno dla mieszkańców.",
    "ru": "«Мы больше не будем ждать», — сказала в понедельник министр Анна Бергова. По её словам, цены снова вырастут "
    "после лета, и план появился слишком поздно для жителей.",
    "uk": "«Ми більше не будемо чекати», — сказала в понеділок міністерка Анна Бергова. За її словами, ціни знову "
    "зростуть після літа, і план з’явився надто пізно для мешканців.",
    "el": "«Δεν θα περιμένουμε άλλο», είπε τη Δευτέρα η υπουργός Άννα Μπεργκ. Οι τιμές θα ανέβουν μετά το καλοκαίρι.",
    "zh": "部长安娜周一在汉堡表示：“我们不会再等下去。”她说，夏天过后价格还会上涨，这个计划来得太晚了。",
    "ko": "안나 장관은 월요일 “더 기다리지 않겠다”고 말했다. 여름이 지나면 가격이 다시 오를 것이라고 밝혔다.",
}
QUOTED = {
    "de": "Wir werden nicht länger warten.",
    "fr": "Nous n’attendrons pas",
    "es": "No vamos a esperar más",
    "nl": "We wachten niet langer",
    "pl": "Nie będziemy dłużej czekać",
    "ru": "Мы больше не будем ждать",
    "uk": "Ми більше не будемо чекати",
    "el": "Δεν θα περιμένουμε άλλο",
    "zh": "我们不会再等下去。",
    "ko": "더 기다리지 않겠다",
}
ENGLISH = (
    "“We will not wait,” the minister said on Monday. The plan came too late for those who live there, she added, "
    "and prices would rise after the summer."
)


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_in_another_language_is_told_from_english(code: str) -> None:
    assert other_language(TEXTS[code], "en") == code


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_in_the_language_of_its_own_pipeline_is_none(code: str) -> None:
    assert other_language(TEXTS[code], code) is None


def test_english_is_another_language_to_a_german_pipeline() -> None:
    assert other_language(ENGLISH, "en") is None
    assert other_language(ENGLISH, "de") == "en"


@pytest.mark.parametrize("text", ["", "42", "Nein.", "Anna Berg, Tom Brandt, Lea Ray", "… — !", "NATO " * 300])
def test_what_is_too_short_or_no_prose_counts_as_the_pipelines_language(text: str) -> None:
    assert other_language(text, "en") is None


def test_a_foreign_quotation_does_not_make_an_english_text_foreign() -> None:
    assert other_language(f"{ENGLISH} “Wir werden nicht länger warten,” she had said in Hamburg.", "en") is None


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser(None)


@pytest.mark.model
@pytest.mark.parametrize("code", TEXTS)
def test_quotes_are_found_by_their_marks_and_given_to_nobody(analyser: Analyser, code: str) -> None:
    text = TEXTS[code]
    analysis = analyser.analyse(text, split_paragraphs(text))
    assert analysis.language == code
    assert [quote.span.of(text).strip() for quote in analysis.quotes] == [QUOTED[code]]
    assert [(one.speaker, one.cue, one.source, one.rule) for one in analysis.attributions] == [(None, (), (), "marks")]
    assert "not in the language" in analysis.attributions[0].reason


@pytest.mark.model
def test_texts_in_several_languages_keep_their_own_in_one_run(analyser: Analyser) -> None:
    texts = [ENGLISH, TEXTS["de"], ENGLISH, TEXTS["ru"]]
    found = list(analyser.analyse_many((text, split_paragraphs(text)) for text in texts))
    assert [one.language for one in found] == [None, "de", None, "ru"]
    assert all(found[n].attributions[0].cue for n in (0, 2))
