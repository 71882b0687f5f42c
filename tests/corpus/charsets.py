# ruff: noqa: RUF001 - the letters of other alphabets are meant
"""Charsets: declared rightly, wrongly and not at all, in bodies and in headers."""

import base64
from collections.abc import Iterator

from tests.corpus.case import Case, message

_RIGHT = {
    "windows-1252": "Größe € „so“ – ñandú",
    "iso-8859-1": "Größe und ñandú",
    "iso-8859-15": "Größe kostet 5 €",
    "iso-8859-2": "Żółć i źdźbło",
    "windows-1250": "Příliš žluťoučký kůň",
    "windows-1251": "Не могу войти в систему",
    "koi8-r": "Не могу войти в систему",
    "iso-8859-5": "Не могу войти",
    "windows-1253": "Δεν μπορώ να συνδεθώ",
    "iso-8859-7": "Δεν μπορώ",
    "windows-1254": "Giriş yapamıyorum, şifre yanlış",
    "windows-1255": "לא מצליח להתחבר",
    "windows-1256": "لا أستطيع تسجيل الدخول",
    "windows-1258": "Không",
    "iso-2022-jp": "ログインできません",
    "shift_jis": "ログインできません",
    "euc-jp": "ログインできません",
    "gb2312": "无法登录",
    "gbk": "无法登录系统",
    "gb18030": "无法登录系统",
    "big5": "無法登入系統",
    "euc-kr": "로그인이 안 됩니다",
    "utf-8": "🙂 Größe 无法登录",
    "utf-7": "Größe",
    "mac-roman": "Größe",
    "cp850": "Größe",
}
# Names that mail programs write and Python does not know.
_ODD_NAMES = {
    "windows-874": ("cp874", "เข้าสู่ระบบไม่ได้"),
    "ks_c_5601-1987": ("cp949", "로그인이 안 됩니다"),
    "x-sjis": ("cp932", "ログインできません"),
    "x-gbk": ("gbk", "无法登录"),
    "unicode-1-1-utf-7": ("utf-7", "Größe"),
    "iso-8859-8-i": ("iso-8859-8", "לא מצליח"),
    "utf8mb4": ("utf-8", "Größe 🙂"),
    "us-ascii": ("windows-1252", "Größe “so”"),
}


def _word(text: str, charset: str, python: str | None = None) -> str:
    content = base64.b64encode(text.encode(python or charset)).decode()
    return f"=?{charset}?B?{content}?="


def cases() -> Iterator[Case]:
    for charset, text in _RIGHT.items():
        body = message(text, charset=charset)
        yield Case(f"body in {charset}", body, text=text)
    for name, (codec, text) in _ODD_NAMES.items():
        yield Case(f"body in {name}", message(text, charset=codec, declared=name), text=text)
    wide = base64.encodebytes("Größe 无法".encode("utf-16"))
    encoded = message(wide, declared="utf-16").replace(b"Encoding: 8bit", b"Encoding: base64")
    yield Case("body in utf-16, base64", encoded, text="Größe 无法")
    latin = "Grüße aus Köln, schöne Maße".encode("latin-1")
    yield Case("8-bit body, nothing declared", message(latin, declared=""), has=("Grüße",))
    yield Case("latin-1 declared as utf-8", message(latin, declared="utf-8"), has=("Grüße",))
    yield Case("utf-8 declared as us-ascii", message("Grüße".encode(), declared=""), text="Grüße")
    unknown = message("Grüße".encode(), declared="x-nonsense-42")
    yield Case("unknown charset name", unknown, text="Grüße", why="did not fit")
    zip_codec = message(b"Hello", declared="zip")
    yield Case("charset that is no text codec", zip_codec, text="Hello")
    broken_jp = message(b"\x1b$B\x25m\x25\xff\x1b(B broken", declared="iso-2022-jp")
    yield Case("broken ISO-2022-JP", broken_jp, has=("broken",))
    yield Case("NUL bytes in the body", message(b"a\x00b\x00c"), text="abc")
    yield Case("byte-order mark", message("\ufeffHello".encode()), text="Hello")
    half = message("Größe €".encode()[:-1], declared="utf-8")
    yield Case("utf-8 cut in the middle of a letter", half, has=("Gr",))
    for charset, text in (
        ("utf-8", "Größe 无法"),
        ("iso-2022-jp", "ログイン"),
        ("windows-1251", "Вход"),
        ("gb2312", "无法登录"),
        ("euc-kr", "로그인"),
    ):
        raw = message(subject=_word(text, charset))
        yield Case(f"subject in {charset}", raw, subject=text)
    two = message(subject=f"{_word('Grö', 'utf-8')}\n {_word('ße', 'utf-8')}")
    yield Case("subject of two encoded words", two, subject="Größe")
    q = message(subject="=?iso-8859-1?Q?Gr=F6=DFe_=26_mehr?=")
    yield Case("subject in Q encoding", q, subject="Größe & mehr")
    bare = message().replace(b"A question", "Größe".encode())
    yield Case("subject in bare utf-8", bare, subject="Größe")
    bare_latin = message().replace(b"A question", "Größe hier".encode("latin-1"))
    yield Case("subject in bare latin-1", bare_latin, subject="Größe hier")
    unfinished = message(subject="=?utf-8?B?R3LDtsOfZQ")
    yield Case("subject with an unfinished encoded word", unfinished)
    for costly in ("punycode", "idna", "unicode_escape"):
        body = b"aaa-" + b"9" * 300_000 + "Grüße".encode()
        raw = message(body, declared=costly)
        yield Case(f"{costly} is no charset of mail", raw, has=("Grüße",))
        name = f"{costly}''aaa-{'9' * 200_000}"
        about = ("Content-Disposition: attachment;", f" filename*={name};", f" name*={name}")
        yield Case(f"a file's name in {costly}", message(extra=about))
    dots = message(extra=(f"Content-Disposition: inline{';' * 500_000}",))
    yield Case("half a million parameters", dots)
    wrong = message(subject="=?utf-8?B?!!!?= x")
    yield Case("subject with broken base64", wrong)
    name = message(sender=f"{_word('Jörg Müller', 'utf-8')} <joerg@customer.example>")
    yield Case("encoded sender's name", name, author="joerg@customer.example")
