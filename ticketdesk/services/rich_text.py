"""Texts in their three formats: sanitised at the border, rendered for display, plain for search."""

import html
import re

import nh3
from markdown_it import MarkdownIt

from ticketdesk.models.enums import ContentFormat

_TAGS = {
    "a", "b", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "hr", "i",
    "img", "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td",
    "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height", "data-remote-src"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "span": {"data-mention"},
}
_LINK = re.compile(r"(https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]])")
_MENTION = re.compile(r' data-mention="[^"]*"')
_BLOCK_END = re.compile(r"</(?:p|div|li|h[1-4]|tr|blockquote|pre)>|<br\s*/?>", re.IGNORECASE)

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False}).enable(
    ["table", "strikethrough"]
)


def sanitise(markup: str) -> str:
    """Return HTML with nothing in it that runs, loads from elsewhere by itself, or restyles."""
    return nh3.clean(
        markup,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def for_customers(markup: str) -> str:
    """Return HTML as people outside see it: a mention is its words alone, naming no member."""
    return _MENTION.sub("", markup)


def stored(content: str, content_format: ContentFormat) -> str:
    """Return the content as it is kept: HTML sanitised, the others as written."""
    return sanitise(content).strip() if content_format == ContentFormat.HTML else content


def to_html(content: str, content_format: ContentFormat) -> str:
    """Return safe HTML for display, whatever the format; sanitised again on the way out."""
    if content_format == ContentFormat.HTML:
        return sanitise(content)
    if content_format == ContentFormat.MARKDOWN:
        return sanitise(_markdown.render(content))
    return sanitise(_paragraphs(content))


def _paragraphs(content: str) -> str:
    parts = [html.escape(part) for part in re.split(r"\n{2,}", content) if part.strip()]
    linked = (_LINK.sub(r'<a href="\1">\1</a>', part).replace("\n", "<br>") for part in parts)
    return "".join(f"<p>{part}</p>" for part in linked)


def to_text(content: str, content_format: ContentFormat) -> str:
    """Return the plain words of a content: for search, previews and the text part of mails."""
    if content_format == ContentFormat.TEXT:
        return content
    markup = to_html(content, content_format)
    with_breaks = _BLOCK_END.sub(lambda found: found.group(0) + "\n", markup)
    bare = html.unescape(nh3.clean(with_breaks, tags=set()))
    return re.sub(r"\n{3,}", "\n\n", bare).strip()
