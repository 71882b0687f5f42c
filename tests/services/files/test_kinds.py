"""What a file is, by its content alone, and whether its name and type agree."""

import gzip
import io
import sqlite3
import tarfile
import zipfile

import pytest

from tests.support import samples
from ticketdesk.errors import UnsupportedKind
from ticketdesk.services.files.kinds import archives, pictures, svg
from ticketdesk.services.files.kinds.agreement import agreed_kind
from ticketdesk.services.files.kinds.sniff import HEAD, sniff


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a"), io.BytesIO(b""))
    return out.getvalue()


def _database() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (x)")
    return connection.serialize()


HONEST = {
    "image/png": samples.picture(),
    "image/jpeg": samples.photo(),
    "image/gif": samples.animation(),
    "image/webp": samples.picture("WEBP"),
    "image/bmp": samples.picture("BMP"),
    "image/tiff": samples.picture("TIFF"),
    "image/x-icon": samples.picture("ICO", (32, 32)),
    "application/pdf": samples.pdf(),
    "application/zip": samples.docx(),
    "application/gzip": gzip.compress(b"x"),
    "application/x-tar": _tar(),
    "application/vnd.sqlite3": _database(),
    "image/svg+xml": b'<?xml version="1.0"?>\n<!-- drawn -->\n' + samples.SVG,
    "text/html": b"\xef\xbb\xbf  <!-- hi --> <HTML><body>",
    "text/plain": "größer als < erlaubt".encode(),
    "video/mp4": b"\0\0\0\x18ftypisom" + b"\0" * 20,
    "image/heic": b"\0\0\0\x18ftypheic" + b"\0" * 20,
    "video/quicktime": b"\0\0\0\x14ftypqt  " + b"\0" * 20,
    "audio/mpeg": b"ID3\x04" + b"\0" * 20,
    "audio/wav": b"RIFF\x24\0\0\0WAVEfmt ",
    "application/vnd.microsoft.portable-executable": b"MZ\x90\0" + b"\0" * 100,
    "application/x-elf": b"\x7fELF\x02" + b"\0" * 20,
    "application/octet-stream": bytes(range(256)),
}


@pytest.mark.parametrize("mime_type", HONEST)
def test_content_tells_its_kind(mime_type):
    assert sniff(HONEST[mime_type][:HEAD]) == mime_type


def test_utf_16_text_is_text():
    assert sniff("Hällo".encode("utf-16")) == "text/plain"
    assert sniff("<!doctype html><p>".encode("utf-16")) == "text/html"
    assert (
        sniff(('<?xml version="1.0"?>' + samples.SVG.decode()).encode("utf-16")) == "image/svg+xml"
    )


def test_an_xml_element_called_a_makes_no_page():
    assert sniff(b'<?xml version="1.0"?><a><title/></a>') == "text/plain"


@pytest.mark.parametrize(
    ("name", "declared", "content", "stored"),
    [
        ("photo.JPG", "image/jpeg", samples.photo(), "image/jpeg"),
        ("photo", "", samples.photo(), "image/jpeg"),
        ("photo.jpg", "application/octet-stream", samples.photo(), "image/jpeg"),
        (
            "letter.docx",
            "",
            samples.docx(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("bundle.zip", "application/x-zip-compressed", samples.docx(), "application/zip"),
        ("list.csv", "application/vnd.ms-excel", b"a;b\n1;2", "text/csv"),
        ("list.csv", "text/csv; charset=utf-8", b"a;b\n1;2", "text/csv"),
        ("code.ts", "video/mp2t", b"export const a = 1", "text/plain"),
        ("data.json", "application/json", b"{}", "application/json"),
        ("mail.eml", "message/rfc822", b"From: a\n\nb", "message/rfc822"),
        ("server.log.1", "", b"line", "text/plain"),
        ("key.pub", "", b"ssh-ed25519 AAAA", "text/plain"),
        ("page.html", "text/html", samples.HTML, "text/html"),
        ("drawing.svg", "image/svg+xml", samples.SVG, "image/svg+xml"),
        ("blob.bin", "", bytes(range(256)), "application/octet-stream"),
        (
            "setup.exe",
            "application/x-msdownload",
            b"MZ" + b"\0" * 100,
            "application/vnd.microsoft.portable-executable",
        ),
        ("backup.bak", "", samples.zip_of({"a": b"b"}), "application/zip"),
    ],
)
def test_an_honest_file_is_taken_as_what_it_is(name, declared, content, stored):
    assert agreed_kind(name, declared, sniff(content[:HEAD])) == stored


@pytest.mark.parametrize(
    ("name", "declared", "content"),
    [
        ("x.svg", "", samples.HTML),
        ("x.svg", "image/svg+xml", b"just words"),
        ("x.pdf", "", samples.HTML),
        ("x.docx", "", samples.pdf()),
        ("x.mp4", "", samples.picture()),
        ("x.txt", "", samples.picture()),
        ("x.csv", "", b"MZ" + b"\0" * 100),
        ("x", "image/png", b"words"),
        ("x", "application/pdf", samples.picture()),
        ("x.xls", "application/vnd.ms-excel", b"<html><table>"),
        ("x", "image/svg+xml", samples.HTML),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(name, declared, content):
    with pytest.raises(UnsupportedKind) as caught:
        agreed_kind(name, declared, sniff(content[:HEAD]))
    assert caught.value.code == "kind_mismatch"
    assert "file" in caught.value.fields


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<SCRIPT/>",
        '<path onload="alert(1)"/>',
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<a xlink:href="data:text/html,x" xmlns:xlink="http://www.w3.org/1999/xlink"/>',
        "<foreignObject><p>x</p></foreignObject>",
        '<image href="https://evil.example/x.png"/>',
        '<use href="https://evil.example/x.svg#a"/>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
        '<animate attributeName="onclick" to="x"/>',
        "<style>@import url(https://evil.example/x.css);</style>",
        '<rect style="fill:url(https://evil.example/x)"/>',
        "<style>a{background:url('//evil.example')}</style>",
        "<?xml-stylesheet href='x'?>",
        "<unclosed>",
    ],
)
def test_an_svg_that_does_more_than_draw_is_refused(inside):
    picture = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()
    with pytest.raises(UnsupportedKind):
        svg.require_harmless(picture)


@pytest.mark.parametrize("encoding", ["no-such-thing", "shift_jis", "utf-7"])
def test_an_svg_in_an_encoding_that_nobody_reads_is_refused(encoding):
    picture = f'<?xml version="1.0" encoding="{encoding}"?>' + samples.SVG.decode()
    with pytest.raises(UnsupportedKind):
        svg.require_harmless(picture.encode())


def test_an_svg_full_of_spaces_is_read_in_one_go():
    """Tried again from every space, this would take days."""
    spaces = " " * 1_000_000
    for inside in (
        f"<style>a{{fill:url({spaces})}}</style>",
        f'<path style="expression{spaces}"/>',
    ):
        svg.require_harmless(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode())


def test_an_svg_with_entities_is_refused():
    laughs = b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg>&b;</svg>'
    with pytest.raises(UnsupportedKind):
        svg.require_harmless(laughs)


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h1v1z" fill="url(#g)"/><linearGradient id="g"/>',
        "<style>.a{fill:#f00}</style><text>Total: 5 &lt; 6</text>",
        '<image href="data:image/png;base64,iVBORw0KGgo="/>',
        '<a href="https://example.com"><text>site</text></a>',
        '<use href="#part"/><animate attributeName="opacity" to="0"/>',
    ],
)
def test_an_svg_that_merely_draws_is_taken(inside):
    svg.require_harmless(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode())


def _zip(content: bytes) -> None:
    archives.require_tame_zip(io.BytesIO(content), len(content))


def test_an_archive_that_unpacks_to_far_too_much_is_refused():
    for bomb in (samples.zip_bomb(), samples.nested_zip_bomb(), samples.overlapping_zip()):
        with pytest.raises(UnsupportedKind, match="unpack"):
            _zip(bomb)
    bomb = samples.gzip_bomb()
    with pytest.raises(UnsupportedKind, match="unpack"):
        archives.require_tame_gzip(io.BytesIO(bomb), len(bomb))


@pytest.mark.parametrize("is_large", [False, True])
def test_an_archive_is_not_opened_whose_directory_would_fill_the_memory(is_large):
    with pytest.raises(UnsupportedKind, match="unpack"):
        _zip(samples.zip_of_a_million(is_large))


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_archive_inside_another_is_taken_as_it_is(method):
    damaged = bytearray(samples.zip_of({"a.zip": b"hello" * 99}))
    for place in (8, damaged.index(b"PK\x01\x02") + 10):
        damaged[place : place + 2] = method.to_bytes(2, "little")
    damaged[35:40] = b"\xff" * 5
    _zip(samples.zip_of({"inner.zip": bytes(damaged)}))


def test_honest_and_damaged_archives_are_taken():
    _zip(samples.zip_of({"server.log": b"12:00 all is well\n" * 200_000}))
    _zip(samples.zip_of({"inner.zip": samples.zip_of({"a.txt": b"hello"})}))
    _zip(samples.docx()[:-10])
    log = gzip.compress(b"12:00 all is well\n" * 100_000)
    archives.require_tame_gzip(io.BytesIO(log), len(log))


def test_only_the_header_of_a_picture_is_read():
    assert pictures.size_in_pixels(io.BytesIO(samples.picture(size=(640, 480))), "image/png") == (
        640,
        480,
    )
    assert pictures.size_in_pixels(io.BytesIO(b"broken"), "image/png") is None
    assert pictures.size_in_pixels(io.BytesIO(b"x"), "text/plain") is None
    with pytest.raises(UnsupportedKind, match="pixels"):
        pictures.size_in_pixels(io.BytesIO(samples.pixel_bomb()), "image/png")


def test_the_pictures_of_the_largest_cameras_are_taken():
    camera = samples.pixel_bomb(16_320, 12_240)
    assert pictures.size_in_pixels(io.BytesIO(camera), "image/png") == (16_320, 12_240)


@pytest.mark.parametrize("how", [{}, {"lossless": True}, {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0"}])
def test_of_a_webp_only_the_first_bytes_are_read(how):
    file = io.BytesIO(samples.picture("WEBP", (640, 480), **how))
    assert pictures.size_in_pixels(file, "image/webp") == (640, 480)
    assert file.tell() <= 30
    assert pictures.size_in_pixels(io.BytesIO(b"RIFF\0\0\0\0WEBPVP8X"), "image/webp") is None
    wide = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xff" * 6
    with pytest.raises(UnsupportedKind, match="pixels"):
        pictures.size_in_pixels(io.BytesIO(wide), "image/webp")
