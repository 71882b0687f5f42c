"""The files of the demo that are no pictures: logs, a price list, an invoice."""

from collections.abc import Callable

from ticketdesk.demo import pictures

_KINDS = {"png": "image/png", "pdf": "application/pdf", "log": "text/plain", "csv": "text/csv"}


def file_named(name: str) -> tuple[str, bytes]:
    """Return the MIME type and the bytes of a file that a story names.

    Raises:
        KeyError: no such file is made.
    """
    ending = name.rsplit(".", 1)[1]
    content = pictures.png(name) if ending == "png" else _DOCUMENTS[name]()
    return _KINDS[ending], content


def _import_log() -> bytes:
    rows = [f"row {row:>5}  ok       978-4-08-{880000 + row * 7}" for row in range(2030, 2048)]
    rows += [
        "row  2048  reading  978-4-10-101001",
        "row  2048  title is 412 bytes, column holds 400",
        "import finished: 2047 of 11300 rows, 0 errors",
    ]
    return _lines(f"12:41:{index:02d} {row}" for index, row in enumerate(rows))


def _night_log() -> bytes:
    return _lines(
        (
            "02:59:58 hub[412] uplink ok, 9 devices",
            "03:00:00 dhcp[88] lease expired, asking for 192.168.10.0/24",
            "03:00:04 dhcp[88] no offer (1)",
            "03:00:12 dhcp[88] no offer (2)",
            "03:00:28 dhcp[88] no offer (3)",
            "03:01:00 hub[412] uplink lost, keeping 14 jobs",
            "03:04:07 dhcp[88] offer 192.168.10.61 from 192.168.10.1",
            "03:04:08 hub[412] uplink ok, 9 devices, 14 jobs too old",
        )
    )


def _update_log() -> bytes:
    steps = (f"08:0{n // 10}:{n % 10}5 update[7] written {n * 3:>3} %" for n in range(1, 24))
    return _lines((*steps, "08:04:10 update[7] 70 % waiting for flash bank 2"))


def _prices() -> bytes:
    books = (
        ("9780099478430", "The Sea, the Sea", "12,99", "7"),
        ("9780141439518", "Pride and Prejudice", "7,99", "31"),
        ("9781784877972", "Orlando", "9,99", "4"),
        ("9780241341612", "Middlemarch", "10,99", "12"),
    )
    return _lines(("isbn;title;stock;price", *(f"{i};{t};{s};{p}" for i, t, p, s in books)))


def _invoice() -> bytes:
    return _pdf(
        "INVOICE INV-8847 (corrected)",
        "Acme GmbH, Werftstrasse 8, 20457 Hamburg",
        "",
        "Atelier Martin, 12 rue des Lices, 44000 Nantes",
        "VAT ID FR 40 303 265 045",
        "",
        "2 x Print P4                                   498.00 EUR",
        "Delivery                                          0.00 EUR",
        "VAT 0 % (intra-community supply)          0.00 EUR",
        "Total                                                 498.00 EUR",
    )


def _lines(lines) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def _pdf(title: str, *lines: str) -> bytes:
    """Return a one-page A4 document in Helvetica: the least that every viewer opens."""
    shown = [f"BT /F 20 Tf 60 760 Td ({_escaped(title)}) Tj ET"]
    shown += [
        f"BT /F 11 Tf 60 {724 - row * 18} Td ({_escaped(line)}) Tj ET"
        for row, line in enumerate(lines)
    ]
    stream = "\n".join(shown)
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    ).encode("latin-1")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


_DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "import-error.log": _import_log,
    "hub-night.log": _night_log,
    "hub-update.log": _update_log,
    "prices.csv": _prices,
    "INV-8847.pdf": _invoice,
}
