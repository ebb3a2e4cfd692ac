"""What stands around the quotes of a file: its style, its scripts, and the policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from app.domain import Topic
from app.present import plotly_bundle
from app.present.assets import Assets
from app.present.templates import environment
from app.present.theme import palette_css
from app.resources import resource_dir

STYLES = ("tokens", "layout", "components", "filters", "reading", "speakers", "standalone")
SCRIPTS = ("js/standalone-search.js", "js/standalone-charts.js", "js/standalone.js")
ICON = "favicon.svg"
MAP_RULES = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53"
"""Where an element has this id, the whole plotly.js writes no rules for maps; ``charts.js`` knows it too."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What files are made with: the templates and the static files."""

    templates: Environment
    assets: Assets

    @classmethod
    def here(cls) -> Workshop:
        """That of this installation."""
        return cls(environment(resource_dir("templates")), Assets(resource_dir("static")))


@dataclass(frozen=True, slots=True)
class Shell:
    """The pieces of a file that are the same whatever its quotes, each to be put in as it is.

    Attributes:
        policy: the content of the policy's ``<meta>``: these pieces alone, by their hashes, and no network.
        style: all rules, in elements of their own.
        script: plotly.js, if there are charts, and the file's own script.
        icon: the address of the icon, which is its picture.
    """

    policy: str
    style: Markup
    script: Markup
    icon: str

    def data(self, told: Mapping[str, Any]) -> Markup:
        """*told* as the file's script finds it; a policy has no say about data."""
        return Markup(f'<script type="application/json" id="told">{htmlsafe_json_dumps(told)}</script>')  # noqa: S704 # nosec B704


def shell(workshop: Workshop, topics: Sequence[Topic], shown: Collection[str], *, charts: bool) -> Shell:
    """The shell of a file whose quotes have the topics *shown*, of all *topics*."""
    assets = workshop.assets
    names = [f"css/{name}.css" for name in STYLES]
    rules = b"\n".join(assets.files[name].body for name in names).decode()
    styles = [("", rules + palette_css(tuple(topics), frozenset(shown)))]
    own = "".join(assets.files[name].body.decode() for name in SCRIPTS)
    scripts = [f'"use strict";\n{{\n{own}}}\n']
    if charts:
        # Of this id and class, plotly.js takes it for the rules that it would else write itself, past the policy.
        styles.append((' id="plotly.js-style-global" class="no-inline-styles"', _rules(assets)))
        styles.append((f' id="{MAP_RULES}"', "/* No maps are drawn here. */"))
        scripts.insert(0, assets.bundle.path.read_text("utf-8"))
    icon = base64.b64encode(assets.files[ICON].body).decode()
    return Shell(
        policy=_policy([text for _, text in styles], scripts),
        style=_elements("style", styles),
        script=_elements("script", [("", text) for text in scripts]),
        icon=f"data:image/svg+xml;base64,{icon}",
    )


def _elements(name: str, bodies: Sequence[tuple[str, str]]) -> Markup:
    """An element *name* for each of *bodies*, which are attributes and text, all of them ours."""
    written = (f"<{name}{told}>{_inside(text, name)}</{name}>\n" for told, text in bodies)
    return Markup("".join(written))  # noqa: S704 # nosec B704


def _rules(assets: Assets) -> str:
    return plotly_bundle.style_sheet(assets.bundle).decode()


def _policy(styles: Sequence[str], scripts: Sequence[str]) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {' '.join(map(_hash, styles))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    """*text* as a policy names it.

    Source:
        Content Security Policy Level 3, section 2.3.1.
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _inside(text: str, element: str) -> str:
    """*text*, which is ours, as it may stand in *element*.

    Raises:
        ValueError: it would end the element, or a browser would read it otherwise than it was hashed.
    """
    low = text.lower()
    if f"</{element}" in low or "<!--" in low or "\r" in text or "\0" in text:
        raise ValueError(f"this cannot stand in <{element}>")
    return text
