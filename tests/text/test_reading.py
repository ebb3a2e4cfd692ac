"""What every document goes through, whatever kind it is."""

from app.text.reading import Given, read_document


def test_a_title_holds_no_control_characters_and_the_text_keeps_its_own() -> None:
    data = "Ti\x07tle \x1b[31m here\n\nنمی\u200cخواهم “is” here.".encode()
    article = read_document(data, Given(name="a.txt"), max_characters=1_000).article
    assert article.title == "Ti tle [31m here"
    assert article.text == data.decode()
    named = read_document(data, Given(title="نمی\u200cخواهم\x00"), max_characters=1_000).article
    assert named.title == "نمی\u200cخواهم"
