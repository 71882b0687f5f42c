"""HTML → what its author wrote now: cut at the marks that mail programs leave on quotes."""

import re

import lxml.html
import quotequail
from lxml import etree

MAX_HTML = 1_000_000
_FALLBACK_LIMIT = 100_000

# Whole elements that are a quote or a signature.
_ELEMENTS = (
    "//*[contains(concat(' ', @class, ' '), ' gmail_quote_container ')]",
    "//div[contains(concat(' ', @class, ' '), ' gmail_quote ')]",
    "//blockquote[contains(concat(' ', @class, ' '), ' gmail_quote ')]",
    "//blockquote[@type='cite']",
    "//*[contains(concat(' ', @class, ' '), ' yahoo_quoted ')]",
    "//*[contains(concat(' ', @class, ' '), ' protonmail_quote ')]",
    "//*[contains(concat(' ', @class, ' '), ' tutanota_quote ')]",
    "//*[contains(concat(' ', @class, ' '), ' zmail_extra ')]",
    "//*[@id='mail-editor-reference-message-container']",
    "//*[@id='OLK_SRC_BODY_SECTION']",
    "//*[contains(concat(' ', @class, ' '), ' ms-outlook-mobile-reference-message ')]",
)
_SIGNATURES = (
    "//*[contains(concat(' ', @class, ' '), ' gmail_signature ')]",
    "//*[contains(concat(' ', @class, ' '), ' gmail_signature_prefix ')]",
    "//*[contains(concat(' ', @class, ' '), ' moz-signature ')]",
    "//*[@id='AppleMailSignature' or @id='ymail_android_signature']",
    "//*[contains(@class, 'ms-outlook-mobile-signature')]",
    "//*[@id='ms-outlook-mobile-signature']",
)
_INTRODUCTIONS = (
    "//*[contains(concat(' ', @class, ' '), ' gmail_attr ')]",
    "//*[contains(concat(' ', @class, ' '), ' moz-cite-prefix ')]",
)
# From such an element on everything is the quoted mail: Outlook for web and desktop.
_FROM_HERE = (
    "//*[@id='appendonsend']",
    "//*[@id='divRplyFwdMsg']",
    "//hr[@id='stopSpelling']",
    "//div[contains(translate(@style, ' ', ''), 'border-top:solid#E1E1E1')]",
    "//div[contains(translate(@style, ' ', ''), 'border-top:solid#B5C4DF')]",
)
_FORWARDED = re.compile(
    r"-{5,}\s*(forwarded|weitergeleitet|message transf|mensaje reenv|messaggio inol)", re.I
)


def cut(html: str) -> tuple[str, bool]:
    """(the author's own HTML, whether something was cut off). Never cuts everything away."""
    if not html.strip() or len(html) > MAX_HTML:
        return html, False
    tree = tree_of(html)
    if tree is None or _FORWARDED.search(tree.text_content()[:5000]):
        return html, False
    changed = sum(_drop_if_quote(node) for path in _ELEMENTS for node in tree.xpath(path))
    changed += sum(_drop_from(node, tree) for path in _FROM_HERE for node in tree.xpath(path)[:1])
    if changed:
        for path in _INTRODUCTIONS:
            for node in tree.xpath(path):
                _drop(node)
    changed += sum(_drop(node) for path in _SIGNATURES for node in tree.xpath(path))
    if changed:
        return (_inner(tree), True) if _words(tree) else (html, False)
    return _second_opinion(html)


def tree_of(html: str) -> lxml.html.HtmlElement | None:
    """The document; libxml2 stops at a nesting depth of 256, so no tree is too deep to walk."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True)
    try:
        return lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def _second_opinion(html: str) -> tuple[str, bool]:
    if len(html) > _FALLBACK_LIMIT:
        return html, False
    try:
        parts = quotequail.quote_html(html, limit=5000, quote_intro_line=True)
    # The library walks by recursion and asserts its way through markup it does not expect.
    except (RecursionError, ValueError, LookupError, AssertionError, AttributeError, TypeError):
        return html, False
    if len(parts) < 2:
        return html, False
    top = tree_of(parts[0][1])
    return (parts[0][1], True) if top is not None and _words(top) else (html, False)


def _drop_if_quote(node: lxml.html.HtmlElement) -> int:
    """Cut a quote unless its author went on below it, answering inline."""
    if node.getparent() is None or _own_words_inside(node) or _words_follow(node):
        return 0
    return _drop(node)


def _own_words_inside(node: lxml.html.HtmlElement) -> bool:
    """Gmail keeps inline answers inside the container, between two blockquotes."""
    if node.tag == "blockquote":
        return False
    quotes = node.xpath("./blockquote")
    return len(quotes) > 1 or any((quote.tail or "").strip() for quote in quotes)


def _words_follow(node: lxml.html.HtmlElement) -> bool:
    if node.tag != "blockquote":
        return False
    while node is not None and node.tag != "body":
        if (node.tail or "").strip():
            return True
        for sibling in node.itersiblings():
            if sibling.tag != "blockquote" and _words(sibling) and not _is_signature(sibling):
                return True
        node = node.getparent()
    return False


def _is_signature(node: lxml.html.HtmlElement) -> bool:
    marks = f"{node.get('class', '')} {node.get('id', '')}".lower()
    return "signature" in marks or node.text_content().strip().startswith("--")


def _drop_from(node: lxml.html.HtmlElement, tree: lxml.html.HtmlElement) -> int:
    """Cut the element and everything behind it, up to the end of the body."""
    parent, body = node.getparent(), tree.find("body")
    if parent is None:
        return 0
    current = node
    while current is not None and current is not body:
        for sibling in list(current.itersiblings()):
            sibling.getparent().remove(sibling)
        current.tail = None
        current = current.getparent()
    parent.remove(node)
    return 1


def _drop(node: lxml.html.HtmlElement) -> int:
    if node.getparent() is None:
        return 0
    node.drop_tree()
    return 1


def _words(node: lxml.html.HtmlElement) -> bool:
    return bool(node.text_content().strip()) or bool(node.xpath(".//img"))


def _inner(tree: lxml.html.HtmlElement) -> str:
    body = tree.find("body")
    root = tree if body is None else body
    return str(lxml.html.tostring(root, encoding="unicode"))
