"""File names: kept for people, safe for disks and headers."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketdesk.adapters.storage.disposition import content_disposition
from ticketdesk.errors import Invalid
from ticketdesk.services.files import names


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("report.pdf", "report.pdf"),
        ("  spaced   out .txt ", "spaced out .txt"),
        ("C:\\fakepath\\photo.jpg", "photo.jpg"),
        ("/home/jane/notes.txt", "notes.txt"),
        ("日本語.txt", "日本語.txt"),
        ("e\u0301.txt", "é.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\u200bb.txt", "ab.txt"),
        ("a\U000e0041\u3164\u2063b.txt", "ab.txt"),
        ("\u062a\u0642\u0631 \u0601\u0663.txt", "\u062a\u0642\u0631 \u0601\u0663.txt"),
        ("", "file"),
        ("...", "file"),
        ("\x00\x1f", "file"),
        (".env", ".env"),
    ],
)
def test_the_name_people_see(sent, shown):
    assert names.display_name(sent) == shown


def test_a_long_name_is_cut_to_255_bytes_and_keeps_its_ending():
    name = names.display_name("ä" * 300 + ".tar.gz")
    assert len(name.encode()) <= 255
    assert name.endswith(".gz")


@pytest.mark.parametrize(
    ("sent", "on_disk"),
    [
        ("Müller & Söhne.pdf", "Muller & Sohne.pdf"),
        ("日本語.txt", "file.txt"),
        ('a<b>:"|?*.txt', "a_b______.txt"),
        ("CON.txt", "_CON.txt"),
        ("lpt1", "_lpt1"),
        ("..hidden", "hidden"),
        ("\uff0e\uff0e\uff0f\uff0e\uff0e\uff3cetc\uff0fpasswd.txt", "file.._.._etc_passwd.txt"),
    ],
)
def test_the_name_every_disk_takes(sent, on_disk):
    assert names.disk_name(sent) == on_disk


@pytest.mark.parametrize(
    "name", ["../x", "a/../b", "..\\x", "a\r\nb", "a\nb", "a\x00b", "a\u2028b", ".."]
)
def test_tricks_are_refused(name):
    with pytest.raises(Invalid):
        names.refuse_tricks(name)


@given(st.text(max_size=400))
def test_no_name_whatever_leaves_its_place(sent):
    shown, kept = names.display_name(sent), names.disk_name(sent)
    for name in (shown, kept, names.unpacked_name(sent)):
        assert name
        assert not set(name) & set("/\\\0\r\n")
        assert name not in {".", ".."}
        assert len(name.encode()) <= 256
    assert kept.isascii()
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in shown)


@given(st.text(max_size=300), st.sampled_from(["inline", "attachment"]))
def test_no_name_whatever_adds_to_a_header(sent, kind):
    header = content_disposition(kind, names.display_name(sent))
    assert header.isascii()
    assert not set(header) & set("\r\n\0")
    assert header.startswith(f'{kind}; filename="')
    plain, _, extended = header.partition("; filename*=UTF-8''")
    assert plain.count('"') == 2
    assert not set(extended) & set(' ";,\\')


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("a.txt", 'attachment; filename="a.txt"'),
        ('a"b.txt', "attachment; filename=\"a_b.txt\"; filename*=UTF-8''a%22b.txt"),
        ("é.txt", "attachment; filename=\"e.txt\"; filename*=UTF-8''%C3%A9.txt"),
        ("100%.txt", "attachment; filename=\"100_.txt\"; filename*=UTF-8''100%25.txt"),
    ],
)
def test_headers_follow_rfc_6266(name, header):
    assert content_disposition("attachment", name) == header
