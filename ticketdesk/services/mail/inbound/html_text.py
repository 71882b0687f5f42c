"""HTML → readable plain text, for search, notifications and mails that came without a text part."""

import re

import inscriptis
from inscriptis.css_profiles import RELAXED_CSS_PROFILE
from inscriptis.model.config import ParserConfig

from ticketdesk.services.mail.inbound.reply_html import tree_of

_CONFIG = ParserConfig(css=RELAXED_CSS_PROFILE.copy(), display_links=False, display_images=False)
_BLANKS = re.compile(r"\n{3,}")
MAX_HTML = 1_000_000


def to_text(html: str) -> str:
    """The words of `html` with lists and tables laid out; empty for what holds none."""
    tree = tree_of(html[:MAX_HTML])
    if tree is None:
        return ""
    try:
        text = inscriptis.Inscriptis(tree, _CONFIG).get_text()
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError):
        text = tree.text_content()
    lines = (line.replace("\xa0", " ").rstrip() for line in text.split("\n"))
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip()
