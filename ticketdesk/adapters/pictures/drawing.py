"""Runs alone: reads a file from standard input and writes two WebP previews to standard output.

Started by `rendering.py` without the site's modules and with an empty environment. It lays down its
own limits before it looks at the first byte, and imports nothing of the product.
"""

import io
import json
import resource
import sys

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 12
MOST_PIXELS = 300_000_000
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "AVIF", "ICO")


def _confine() -> None:
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(limit, (most, most))


def _first_page(source, edge):
    import pypdfium2

    page = pypdfium2.PdfDocument(source)[0]
    scale = edge / max(*page.get_size(), 1)
    return page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB"), None


def _as_screen_colours(image):
    """Turn wide-gamut colours into sRGB: no profile in the preview says otherwise."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    from PIL import ImageCms

    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        return ImageCms.profileToProfile(
            image, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except (ImageCms.PyCMSError, OSError):
        return image


def _picture(source, edge):
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    image = Image.open(source, formats=FORMATS)
    size = image.size
    # A JPEG is decoded at a fraction of its size where that is enough for the preview.
    image.draft("RGB", (edge, edge))
    image.load()
    turned = ImageOps.exif_transpose(image)
    if (image.width > image.height) != (turned.width > turned.height):
        size = size[::-1]
    turned.info["icc_profile"] = image.info.get("icc_profile")
    turned = _as_screen_colours(turned)
    clear = "A" in turned.mode or "transparency" in turned.info
    if turned.mode not in ("RGB", "RGBA"):
        turned = turned.convert("RGBA" if clear else "RGB")
    return turned, size


def _shrunk(image, edge):
    """Return a smaller copy that carries pixels alone: no EXIF, no place, no profile."""
    from PIL import Image

    small = image.copy()
    small.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=3.0)
    bare = Image.new(small.mode, small.size)
    bare.paste(small)
    return bare


def _webp(image):
    out = io.BytesIO()
    image.save(out, "WEBP", quality=80, method=3)
    return out.getvalue()


def main() -> None:
    """Draw, and answer with one line of JSON and the two pictures."""
    place, mime_type, small, large = sys.argv[1:]
    sys.path.append(place)
    _confine()
    source = io.BytesIO(sys.stdin.buffer.read()) if not sys.stdin.seekable() else sys.stdin.buffer
    draw = _first_page if mime_type == "application/pdf" else _picture
    image, size = draw(source, int(large))
    seen = _shrunk(image, int(large))
    preview, thumbnail = _webp(seen), _webp(_shrunk(seen, int(small)))
    width, height = size or (None, None)
    facts = {"width": width, "height": height, "thumbnail": len(thumbnail)}
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + thumbnail + preview)


main()
