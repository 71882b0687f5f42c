"""Small files of many kinds, honest and not."""

import gzip
import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def picture(
    kind: str = "PNG", size: tuple[int, int] = (64, 48), colour: Any = (200, 30, 30), **options: Any
) -> bytes:
    """Return a picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **options)
    return out.getvalue()


def noise(size: tuple[int, int], kind: str = "PNG") -> bytes:
    """Return a picture that hardly compresses."""
    out = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(out, kind)
    return out.getvalue()


def photo(size: tuple[int, int] = (60, 40), orientation: int = 6) -> bytes:
    """Return a JPEG as a telephone writes it: turned by EXIF, with the place it was taken at."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Nokia"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    left_red = Image.new("RGB", size, (0, 0, 255))
    left_red.paste((255, 0, 0), (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    left_red.save(out, "JPEG", exif=exif, quality=95)
    return out.getvalue()


def animation() -> bytes:
    """Return a GIF whose first frame is red and whose second is blue."""
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 30), colour) for colour in ((255, 0, 0), (0, 0, 255))]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def pdf() -> bytes:
    """Return a PDF of one red page."""
    out = io.BytesIO()
    Image.new("RGB", (300, 200), (220, 20, 20)).save(out, "PDF")
    return out.getvalue()


def pixel_bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """Return a PNG of a few hundred bytes that says it has billions of pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">L", zlib.crc32(kind + content))
        return struct.pack(">L", len(content)) + kind + content + check

    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 10_000)
    mark = b"\x89PNG\r\n\x1a\n"
    return mark + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def memory_hog() -> bytes:
    """Return a small, honest PNG of 289 megapixels in black and white, too many to draw."""
    out = io.BytesIO()
    Image.new("1", (17_000, 17_000)).save(out, "PNG")
    return out.getvalue()


def zip_of(entries: dict[str, bytes], packed: bool = True) -> bytes:
    """Return a ZIP archive."""
    out = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def zip_bomb() -> bytes:
    """Return a ZIP of some 200 KB that unpacks to 200 MB."""
    return zip_of({"bomb.txt": b"\0" * (200 * 1024 * 1024)})


def nested_zip_bomb() -> bytes:
    """Return a ZIP that holds sixteen copies of one that unpacks to 20 MB."""
    inner = zip_of({"zeros": b"\0" * (20 * 1024 * 1024)})
    return zip_of({f"{number}.zip": inner for number in range(16)})


def overlapping_zip() -> bytes:
    """Return a ZIP whose directory names the same bytes twice."""
    whole = zip_of({"a": b"x" * 5000})
    start = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    entry = whole[start:end]
    directory = entry + entry
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(directory), start, 0)
    return whole[:start] + directory + tail


def zip_of_a_million(is_large: bool) -> bytes:
    """Return what says that its directory has 46 MB, in the small or the large form of ZIP."""
    entries, size = 1_000_000, 46_000_000
    if not is_large:
        return b"PK\x03\x04" + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, size, 4, 0)
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, entries, entries, size, 4)
    place = struct.pack("<4sLQL", b"PK\x06\x07", 0, 4, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 0, 4, 0)
    return b"PK\x03\x04" + large + place + end


def gzip_bomb() -> bytes:
    """Return a gzip file of some 200 KB that unpacks to 200 MB."""
    return gzip.compress(b"\0" * (200 * 1024 * 1024))


def docx() -> bytes:
    """Return the least that is a Word document."""
    return zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})


GIF_JS = b"GIF89a/*" + b"\x00" * 40 + b"*/=1;alert(document.domain)//"
GIF_JS_ASSIGNED = b"GIF89a=1;alert(1);//" + b" " * 60
JPEG_JS = b"\xff\xd8\xff\xe0/*JFIF" + b"\x00" * 40 + b"*/alert(1)"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
SVG_SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><title>x</title><script>alert(document.cookie)</script>"
