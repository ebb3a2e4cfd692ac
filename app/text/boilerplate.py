"""Lines that stand among an article's paragraphs and are none of it: invitations, notices, labels of buttons."""

from __future__ import annotations

import re

_LONGEST = 300
_LABEL_WORDS = 14
"""A label is shorter than this, or is no sentence."""
_NOTICES = (
    r"(?:we|this (?:web ?)?site|our (?:web ?)?site)(?: and our(?: \d+)? partners)? uses? cookies.*",
    r"by (?:continuing|using|clicking|signing)\b.*\b(?:cookies|terms|consent|agree|policy)\b.*",
    r"(?:please )?(?:sign|log)[ -]?(?:up|in) (?:to|for|here|with|now|today)\b.*",
    r"(?:please )?subscribe (?:to|for|now|today|here)\b.*",
    r"(?:register|create an account) (?:now|for free|to continue|to read)\b.*",
    r"(?:get|receive) (?:our|the|a|all the|your)\b.*\b(?:newsletters?|briefing|alerts|inbox)\b.*",
    r"(?:enter )?your e-?mail address\b.*",
    r"thank you for (?:signing up|subscribing)\b.*",
    r"download (?:our|the) (?:free )?app\b.*",
    r"(?:follow|like|join) us on\b.*",
    r"(?:please |you need to )*(?:enable|turn on) (?:java ?script|cookies)\b.*",
    r"java ?script (?:is|must be|seems to be) (?:disabled|required|enabled|turned|needed)\b.*",
    r"your browser (?:does not|doesn['’]t) support\b.*",
    r"(?:copyright|©|\(c\))\s.*",
    r".{0,80}all rights reserved\b.*",
)
_LABELS = (
    r"(?:read|see|watch|listen to|view|find out) (?:more|also|next|now)\b.*",
    r"read (?:the )?(?:full|original) (?:story|article|report)\b.*",
    r"(?:also|further) read(?:ing)?\b.*",
    r"also on\b.*",
    r"(?:more|related|recommended|trending|popular|top|latest) "
    r"(?:on|from|stor(?:y|ies)|articles?|news|content|topics?|reading|posts?|headlines|links|coverage)\b.*",
    r"(?:related|recommended|recommended for you|trending|latest)",
    r"related:.*",
    r"you (?:may|might) also\b.*",
    r"(?:most (?:read|popular|viewed)|editor['’]?s?['’]? (?:picks?|choice))\b.*",
    r"(?:what to read next|up next|don['’]t miss)\b.*",
    r"sign[ -]?(?:up|in)|log[ -]?in|register|subscribe",
    r"already a subscriber\b.*",
    r"(?:e-?mail|newsletter)s?(?: sign-?up)?",
    r"follow (?:me|our|the author|@?\w+ on \w+).*",
    r"(?:share|tweet|print|e-?mail|save|copy|bookmark|listen|like)"
    r"(?: (?:this|on|via|the|link|to|article|story|page|post)\b.*)?",
    r"listen to this (?:article|story)\b.*",
    r"facebook|twitter|x|linkedin|whatsapp|telegram|reddit|pinterest",
    r"(?:link )?copied|(?:click|tap) here\b.*",
    r"(?:accept|reject|manage|allow)(?: all)?(?: (?:cookies|preferences|settings))?",
    r"cookie (?:settings|policy|preferences|notice)",
    r"advert(?:isement|ising)?s?|sponsored(?: content| by .*)?|paid (?:content|post)",
    r"(?:story|article) continues below.*|continue reading.*|skip (?:to|past|advert).*",
    r"(?:back|return) to (?:top|the top|home|news)\b.*",
    r"(?:leave|post|add|write) a (?:comment|reply)\b.*",
    r"\d* ?comments?(?: \(\d+\))?|(?:view|show|load|hide)(?: all)?(?: \d+)?(?: more)? comments\b.*",
    r"terms (?:of (?:use|service)|and conditions)|privacy (?:policy|notice)",
    r"play|pause|mute|unmute|loading|close|menu|search|home|reply|report|\d+ min(?:ute)?s? read",
)
_TAIL = r"[\s.…:!→»›>|]*"
_NOTICE = re.compile(rf"(?:{'|'.join(_NOTICES)}){_TAIL}", re.IGNORECASE | re.DOTALL)
_LABEL = re.compile(rf"(?:{'|'.join(_LABELS)}){_TAIL}", re.IGNORECASE | re.DOTALL)


def is_boilerplate(text: str) -> bool:
    """Whether *text*, a paragraph of a page, is one of the lines that sites put between an article's own."""
    if len(text) > _LONGEST:
        return False
    text = text.strip()
    if _NOTICE.fullmatch(text):
        return True
    is_sentence = text.endswith(".") and text.count(" ") >= _LABEL_WORDS - 1
    return not is_sentence and _LABEL.fullmatch(text) is not None
