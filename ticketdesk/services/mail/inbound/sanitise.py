"""HTML of strangers → HTML that an agent may look at: no script, no style, no remote loading."""

import re
from urllib.parse import unquote

import lxml.html
import nh3

from ticketdesk.services.mail.inbound.reply_html import tree_of

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "code", "col", "colgroup", "dd",
    "del", "details", "div", "dl", "dt", "em", "figcaption", "figure", "font", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s",
    "samp", "small", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "data-remote-src"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign", "scope"},
    "table": {"border", "cellpadding", "cellspacing"},
    "font": {"color"},
    "ol": {"start", "type"},
    "blockquote": {"cite"},
}
_CID = re.compile(r"^cid:", re.IGNORECASE)
_DATA_IMAGE = re.compile(r"^data:image/(png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]+$")
MAX_DATA_IMAGE = 200_000


def sanitise(html: str) -> str:
    """Keep structure and words, drop everything that acts.

    Remote images keep their address in `data-remote-src`, to be loaded when the agent asks for it;
    `cid:` images stay for `link_inline_images`; links open apart and leak no referrer.
    """
    if not html.strip():
        return ""
    tree = tree_of(html)
    if tree is None:
        return ""
    for image in tree.iter("img"):
        _tame(image)
    shallow = lxml.html.tostring(tree, encoding="unicode")
    return nh3.clean(
        shallow,
        tags=_TAGS,
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        clean_content_tags={"script", "style", "title", "head", "noscript", "template"},
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        attribute_filter=_filter,
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    ).strip()


def link_inline_images(html: str, urls: dict[str, str]) -> str:
    """Rewrite `cid:` images to `urls` (content id → address); an unknown one loses its source."""

    def put(match: re.Match[str]) -> str:
        url = urls.get(unquote(match["cid"])) or urls.get(match["cid"])
        return f'src="{url}"' if url else ""

    return re.sub(r'src="cid:(?P<cid>[^"]{1,400})"', put, html, flags=re.IGNORECASE)


def inline_ids(html: str) -> frozenset[str]:
    """The content ids that images of `html` refer to."""
    return frozenset(
        unquote(c) for c in re.findall(r'src="cid:([^"]{1,400})"', html, re.IGNORECASE)
    )


def _tame(image: lxml.html.HtmlElement) -> None:
    source = (image.get("src") or "").strip()
    for name in ("srcset", "data-remote-src"):
        image.attrib.pop(name, None)
    if _CID.match(source):
        image.set("src", source)
        return
    if len(source) <= MAX_DATA_IMAGE and _DATA_IMAGE.match(source):
        return
    image.attrib.pop("src", None)
    if source.startswith(("http://", "https://", "//")):
        if image.get("width") in {"0", "1"} or image.get("height") in {"0", "1"}:
            return  # a tracking pixel: nobody will want to see it
        image.set("data-remote-src", f"https:{source}" if source.startswith("//") else source)


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if (
        tag != "img"
        and attribute in {"href", "cite"}
        and value.lower().startswith(("data:", "cid:"))
    ):
        return None
    return value
