"""Pages as sites with an editorial system make them."""

from __future__ import annotations

import json

from tests.bench.pages import (
    COOKIES,
    FOOTER,
    NAV,
    NEWSLETTER,
    READ_MORE,
    SHARE,
    Writer,
    article_page,
    comments,
    document,
    maker,
    related,
)


@maker
def news_with_everything_around(w: Writer) -> str:
    title = w.h("Leaders leave Halden without a deal")
    body = f"<p>{w.p()}</p><p>{w.p()}</p><h2>{w.h('A treaty on fish')}</h2><p>{w.p(2)}</p>{READ_MORE}<p>{w.p()}</p>"
    byline = '<p class="byline">By <a href="/a">Ann Klein</a></p>'
    article = f"<article><h1>{title}</h1>{byline}{SHARE}{body}{NEWSLETTER}<p>{w.p(2)}</p></article>"
    return document(title, f"{COOKIES}{NAV}<main>{article}{related(w)}{comments(w)}</main>{FOOTER}")


@maker
def government_statement(w: Writer) -> str:
    title = w.h("Joint Statement of the Leaders of Norland and Sudovia")
    points = "".join(f"<p>{n}. {w.own(str(n) + '. ' + w.text(2))[len(str(n)) + 2 :]}</p>" for n in range(1, 7))
    crumbs = "<div class='breadcrumb'><a href='/'>Home</a> › <a href='/s'>Statements</a></div>"
    inner = f"<h1>{title}</h1><div class='date'>May 16, 2024</div><div class='field-body'>{points}</div>"
    return document(
        title,
        f"{NAV}<div id='content'>{crumbs}{inner}</div>{FOOTER}",
    )


@maker
def transcript(w: Writer) -> str:
    title = w.h("Press conference by Presidents Klein and Brandt")
    turns = ""
    for label in ("PRESIDENT KLEIN", "PRESIDENT BRANDT", "Q", "A", "PRESIDENT KLEIN", "Q", "PRESIDENT BRANDT"):
        words = w.text(2)
        w.own(f"{label}: {words}")
        turns += f"<p><strong>{label}:</strong> {words}</p>\n"
    return document(title, f"{NAV}<section class='page-content'><h1>{title}</h1>{turns}</section>{FOOTER}")


@maker
def live_blog(w: Writer) -> str:
    title = w.h("Summit in Halden: as it happened")
    posts = ""
    for hour in range(9, 14):
        heading = f"<time>{hour}:00</time><h2>{w.h(w.sentence()[:55])}</h2>"
        posts += f"<div class='post-item'>{heading}<p>{w.p(2)}</p><p>{w.p(2)}</p></div>"
    return article_page(title, posts)


@maker
def declaration_of_lists(w: Writer) -> str:
    title = w.h("The Halden Declaration on Grain")
    sections = ""
    for heading in ("Prices", "Transport", "Seeds"):
        items = "".join(f"<li>{w.own(w.sentence())}</li>" for _ in range(4))
        sections += f"<h2>{w.h(heading + ' and markets')}</h2><p>{w.p(2)}</p><ul>{items}</ul>"
    return document(title, f"{NAV}<main><h1>{title}</h1>{sections}</main>{FOOTER}")


@maker
def captions_between_paragraphs(w: Writer) -> str:
    title = w.h("Pictures of a long night of talks")
    figure = (
        "<figure><img src='a.jpg' alt='x'><figcaption>The hall before midnight. Photo: Cleo Marsh</figcaption></figure>"
    )
    body = "".join(f"<p>{w.p(2)}</p>{figure if n % 2 else ''}" for n in range(5))
    return article_page(title, body)


@maker
def pull_quotes(w: Writer) -> str:
    title = w.h("What the envoy would not say")
    body = f"<p>{w.p()}</p><blockquote><p>{w.own(w.quote())}</p><p>{w.own(w.quote())}</p></blockquote>"
    body += f"<p>{w.p()}</p><p>{w.p(2)}</p>"
    return article_page(title, body, related(w))


@maker
def only_json_ld_knows(w: Writer) -> str:
    title = w.h("Central bank holds its rate")
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": "2024-05-16"}
    body = "".join(f"<p>{w.p()}</p>" for _ in range(4))
    head = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    return document(
        title, f"{NAV}<div class='wrap'><h1>{title}</h1><div class='c-text'>{body}</div></div>{FOOTER}", head=head
    )


@maker
def amp(w: Writer) -> str:
    title = w.h("Ferry to the islands runs again")
    body = "".join(f"<p>{w.p(2)}</p><amp-ad width=300></amp-ad>" for _ in range(5))
    lead = "<amp-img src='a.jpg' width=1 height=1></amp-img>"
    page = f"<header><a href='/'>Halden Post</a></header><article><h1>{title}</h1>{lead}{body}</article>"
    return document(title, f"{page}<amp-sidebar id='s'><ul><li>World</li></ul></amp-sidebar>", attributes=" amp")


@maker
def inline_markup(w: Writer) -> str:
    title = w.h("Ministers quarrel over a comma")
    body = ""
    for _ in range(5):
        words = w.text(3)
        w.own(words)
        first, middle, rest = words[:12], words[12:30], words[30:]
        body += (
            f"<p>{first}<b>{middle[:5]}</b><a href='/x'>{middle[5:]}</a><em>{rest[:9]}</em><span>{rest[9:]}</span></p>"
        )
    return article_page(title, body)


@maker
def bold_paragraphs_as_headings(w: Writer) -> str:
    title = w.h("Five things to know about the talks")
    body = "".join(f"<p><strong>{w.h(f'Point number {n} of the agenda')}</strong></p><p>{w.p()}</p>" for n in "12345")
    return article_page(title, body)


@maker
def newsletter_in_the_middle(w: Writer) -> str:
    title = w.h("Nurses may travel without a visa")
    box = "<p>Sign up for The Briefing, our daily mail.</p><p>Get our newsletter in your inbox every morning.</p>"
    body = f"<p>{w.p()}</p><p>{w.p()}</p>{box}<p>{w.p()}</p>{READ_MORE}<p>{w.p(2)}</p><p>Follow us on Twitter.</p>"
    return article_page(title, body)


@maker
def author_and_related_in_the_article(w: Writer) -> str:
    title = w.h("Railway plan meets doubts")
    bio = "<div class='author-bio'><p>Ann Klein has written about rivers, rails and roads for twenty years.</p></div>"
    body = "".join(f"<p>{w.p()}</p>" for _ in range(4))
    return article_page(title, body + bio + related(w))


@maker
def comments_in_the_article(w: Writer) -> str:
    title = w.h("The court and the islands")
    body = "".join(f"<p>{w.p()}</p>" for _ in range(3))
    return article_page(title, body + comments(w))


@maker
def short_statement(w: Writer) -> str:
    title = w.h("Statement on the ceasefire")
    return document(title, f"{NAV}<main><h1>{title}</h1><p>{w.own(w.quote())}</p></main>{FOOTER}")


@maker
def sections_in_sections(w: Writer) -> str:
    title = w.h("A long read on a short war")
    parts = ""
    for number in range(3):
        heading = w.h(f"Chapter {number + 1}: the river")
        parts += f"<section><h2>{heading}</h2><div><div><p>{w.p()}</p></div><div><p>{w.p()}</p></div></div></section>"
    return document(title, f"{NAV}<article><header><h1>{title}</h1></header>{parts}</article>{FOOTER}")


@maker
def headings_at_every_level(w: Writer) -> str:
    title = w.h("Communiqué of the Coastal Union")
    body = "".join(f"<h{n}>{w.h(f'Part {n}: fish and ships')}</h{n}><p>{w.p(2)}</p>" for n in (2, 3, 4, 3, 2))
    return document(title, f"{NAV}<main class='main'><h1>{title}</h1>{body}</main>{FOOTER}")
