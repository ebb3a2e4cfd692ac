"""References for reference managers: BibTeX and RIS."""

from __future__ import annotations

import re

from app.present.citing.item import Json

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, whatever stands before them
    "}": r"\textbraceright{}",
    **{sign: f"\\{sign}" for sign in "%&$#_"},
}
_TYPES = {"article-newspaper": ("article", "NEWS"), "webpage": ("online", "ELEC"), "document": ("misc", "GEN")}


def bibtex(item: Json) -> str:
    """*item* as one entry of BibTeX in UTF-8, as biblatex and biber read it too.

    Source:
        The biblatex manual, section 2.
    """
    names = (one.get("literal") or f"{one['family']}, {one['given']}" for one in item.get("author", ()))
    whole = (f"{{{_tex(name)}}}" if "," not in name else _tex(name) for name in names)
    fields = {
        "author": " and ".join(whole),
        "title": f"{{{_tex(item['title'])}}}",  # so that its capitals stay
        "journal": _tex(item.get("container-title", "")),
        "date": _date(item, "issued", "-"),
        "year": _date(item, "issued", "-")[:4],
        "url": item.get("URL", "").replace("{", "%7B").replace("}", "%7D"),
        "urldate": _date(item, "accessed", "-"),
        "langid": item.get("language", ""),
        "note": _tex(item["note"]),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{_TYPES[item['type']][0]}{{{item['id']},", *lines, "}", ""])


def ris(item: Json) -> str:
    """*item* as one record of RIS, with lines as its description asks.

    Source:
        Reference Manager's RIS format specification.
    """
    lines = [("TY", _TYPES[item["type"]][1])]
    lines += [("AU", one.get("literal") or f"{one['family']}, {one['given']}") for one in item.get("author", ())]
    dated = _date(item, "issued", "/")
    lines += [
        ("TI", item["title"]),
        ("T2", item.get("container-title", "")),
        ("PY", dated[:4]),
        ("DA", dated),
        ("UR", item.get("URL", "")),
        ("Y2", _date(item, "accessed", "/")),
        ("LA", item.get("language", "")),
        ("N1", item["note"]),
        ("ID", item["id"]),
    ]
    written = [f"{tag}  - {' '.join(value.split())}" for tag, value in lines if value]
    return "\r\n".join([*written, "ER  - ", ""])


def _date(item: Json, name: str, between: str) -> str:
    parts = item.get(name, {}).get("date-parts", [[]])[0]
    return between.join(f"{part:02}" for part in parts)


def _tex(value: str) -> str:
    return re.sub(r"[\\~^{}%&$#_]", lambda found: _SPECIAL[found.group()], " ".join(value.split()))
