"""Pages as they are made by hand, by old systems, in other languages and by browsers that save them."""

from __future__ import annotations

from html import escape

from tests.bench.pages import COOKIES, FOOTER, NAV, Writer, article_page, document, maker, related


@maker
def old_table_layout(w: Writer) -> str:
    title = w.h("Agreement on the old bridge")
    menu = "<td width=150><a href='/'>Home</a><br><a href='/n'>News</a><br><a href='/c'>Contact</a></td>"
    body = "".join(f"<p>{w.p()}" for _ in range(4))
    table = f"<table><tr>{menu}<td><h1>{title}</h1>{body}</td></tr></table>"
    return f"<html><head><title>{title}</title></head><body>{table}</body></html>"


@maker
def breaks_for_paragraphs(w: Writer) -> str:
    title = w.h("Remarks at the border")
    body = "<br><br>\n".join(w.p() for _ in range(5))
    return document(title, f"{NAV}<div class='content'><h1>{title}</h1><div>{body}</div></div>{FOOTER}")


@maker
def no_element_means_anything(w: Writer) -> str:
    title = w.h("Grain prices rise again")
    body = "".join(f"<div>{w.p()}</div>" for _ in range(5))
    return document(title, f"<div><div><a href='/'>Home</a></div></div><div><h1>{title}</h1><div>{body}</div></div>")


@maker
def paragraphs_left_open(w: Writer) -> str:
    title = w.h("Minutes of the meeting")
    body = "".join(f"<P>{w.p(2)}\n" for _ in range(4))
    body += f"<H2>{w.h('Next steps in the autumn')}</H2><P>{w.p(2)}"
    return f"<HTML><HEAD><TITLE>{title}</TITLE></HEAD><BODY><H1>{title}</H1>{body}</BODY></HTML>"


@maker
def table_of_figures(w: Writer) -> str:
    title = w.h("What each side pays")
    before = f"<p>{w.p()}</p>"
    rows = "".join(
        f"<tr><td>{w.own(name)}</td><td>{w.own(share)}</td></tr>"
        for name, share in (("Norland", "41 percent"), ("Sudovia", "59 percent"))
    )
    return article_page(title, f"{before}<table>{rows}</table><p>{w.p()}</p><p>{w.p()}</p>")


@maker
def right_to_left(w: Writer) -> str:
    title = w.h("بيان مشترك لقادة البلدين")
    sentence = "وقال الرئيس إن المحادثات كانت طويلة وصعبة وإن الطرفين اتفقا على التعاون في مجال الصيد والنقل"
    body = "".join(
        f"<p>{w.own(f'{sentence} في اليوم {n} من الشهر، {sentence[::1]} مرة {n * 7}.')}</p>" for n in range(2, 7)
    )
    return document(title, f"{NAV}<article dir='rtl'><h1>{title}</h1>{body}</article>{FOOTER}", lang="ar")


@maker
def german(w: Writer) -> str:
    title = w.h("Gemeinsame Erklärung der Außenminister")
    sentence = "Die Minister erklärten, dass die Verhandlungen über den Fischfang schwierig gewesen seien"
    body = "".join(
        f"<p>{w.own(f'{sentence}, und zwar am {n}. Tag. „{sentence}“, sagte Ministerin Klein.')}</p>"
        for n in range(2, 8)
    )
    return article_page(title, body, lang="de")


@maker
def chinese(w: Writer) -> str:
    title = w.h("两国领导人联合声明")
    sentence = "双方同意在渔业和运输方面加强合作，并认为谈判虽然艰难但富有成果"
    body = "".join(f"<p>{w.own(f'第{n}天，{sentence}。总统说：“{sentence}。”{sentence}。')}</p>" for n in range(2, 8))
    return article_page(title, body, lang="zh")


@maker
def saved_by_a_browser(w: Writer) -> str:
    title = w.h("Islands ask for a vote")
    body = "".join(f"<p data-x='{'y' * 400}'>{w.p()}</p><!-- ad {n} -->" for n in range(4))
    dialog = f"<div role='dialog' class='modal'>{COOKIES}</div>"
    comment = "<!-- saved from url=(0031)https://www.halden.example/a -->"
    return document(title, f"{comment}{dialog}{NAV}<main aria-hidden='true'><h1>{title}</h1>{body}</main>{FOOTER}")


@maker
def form_around_it_all(w: Writer) -> str:
    title = w.h("Notice of the Ministry of Roads")
    state = f"<input type=hidden value='{'z' * 500}'>"
    body = "".join(f"<p>{w.p()}</p>" for _ in range(4))
    return document(
        title,
        f"<form action='/'>{state}{NAV}<div id='main-content'><h1>{title}</h1>{body}</div>{FOOTER}</form>",
    )


@maker
def preformatted(w: Writer) -> str:
    title = w.h("Telegram of the embassy")
    paragraphs = [w.text(4) for _ in range(4)]
    for words in paragraphs:
        w.own(words)
    wrapped = "\n\n".join(_wrapped(words) for words in paragraphs)
    return document(title, f"<h1>{title}</h1><pre>{escape(wrapped, quote=False)}</pre>")


@maker
def references_and_blanks(w: Writer) -> str:
    w.h("Prices & wages — a report")
    body = ""
    for _ in range(4):
        words = w.text(2) + " “Prices & wages – both rose,” Bo Brandt said."
        w.own(words)
        marked = words.replace("&", "&amp;").replace("“", "&ldquo;").replace("”", "&#8221;").replace("–", "&ndash;")
        body += "<p>\n    " + marked.replace(" ", "\n      ", 5) + "\n</p>"
    return document("Prices", f"{NAV}<article><h1>Prices &amp; wages &mdash; a report</h1>{body}</article>{FOOTER}")


@maker
def lines_with_one_break(w: Writer) -> str:
    title = w.h("Remarks in the garden")
    body = (
        f"<p>{w.p()}</p><p><b>{w.h('On the railway')}</b><br>{w.p()}</p><p><b>{w.h('On the ferry')}</b><br>{w.p()}</p>"
    )
    return article_page(title, body)


@maker
def teasers_of_other_articles_below(w: Writer) -> str:
    title = w.h("Students may cross the river")
    body = "".join(f"<p>{w.p(2)}</p>" for _ in range(4))
    cards = "<div class='more-from-section'>" + "".join(
        f"<div class='card'><a href='/{n}'><h3>{w.sentence()[:50]}</h3></a><p>{w.sentence()}</p></div>"
        for n in range(6)
    )
    cards += "</div>"
    return document(
        title,
        f"{NAV}<main><h1>{title}</h1><div class='text'>{body}</div>{cards}</main>{related(w)}{FOOTER}",
    )


def _wrapped(words: str) -> str:
    import textwrap

    return textwrap.fill(words, 72, break_long_words=False, break_on_hyphens=False)
