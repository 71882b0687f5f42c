"""The marks at the head of files: exact ones only, so that a match is certain."""

import re
import struct
from collections.abc import Callable

Mark = tuple[int, bytes, str]

_MARKS: tuple[Mark, ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"II+\x00", "image/tiff"),
    (0, b"8BPS\x00", "image/vnd.adobe.photoshop"),
    (0, b"%!PS", "application/postscript"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"PK\x05\x06", "application/zip"),
    (0, b"PK\x07\x08PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"\x1f\x8b\x08", "application/gzip"),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (257, b"ustar", "application/x-tar"),
    (0, b"MSCF\x00\x00\x00\x00", "application/vnd.ms-cab-compressed"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (0, b"\x00\x00\x01\xba", "video/mpeg"),
    (0, b"\x00\x00\x01\xb3", "video/mpeg"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b"OggS\x00", "audio/ogg"),
    (0, b"ID3\x02", "audio/mpeg"),
    (0, b"ID3\x03", "audio/mpeg"),
    (0, b"ID3\x04", "audio/mpeg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"MThd\x00\x00\x00\x06", "audio/midi"),
    (0, b"\x00\x01\x00\x00\x00", "font/ttf"),
    (0, b"OTTO\x00", "font/ttf"),
    (0, b"ttcf\x00", "font/ttf"),
    (0, b"wOFF", "font/woff"),
    (0, b"wOF2", "font/woff2"),
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (0, b"\xce\xfa\xed\xfe", "application/x-mach-binary"),
    (0, b"\x00asm\x01\x00\x00\x00", "application/wasm"),
    (0, b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (0, b"\xd4\xc3\xb2\xa1", "application/vnd.tcpdump.pcap"),
    (0, b"\xa1\xb2\xc3\xd4", "application/vnd.tcpdump.pcap"),
    (0, b"\x0a\x0d\x0d\x0a", "application/vnd.tcpdump.pcap"),
    (0, b"ElfFile\x00", "application/x-ms-evtx"),
    (0, b"MDMP\x93\xa7", "application/x-ms-minidump"),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "application/x-ms-shortcut"),
)

_RIFF = {b"WEBP": "image/webp", b"AVI ": "video/x-msvideo", b"WAVE": "audio/wav"}
_BRANDS = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1"), "image/heic"),
    b"qt  ": "video/quicktime",
    **dict.fromkeys((b"M4A ", b"M4B "), "audio/mp4"),
    **dict.fromkeys((b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"3g2a"), "video/3gpp"),
}


def _riff(head: bytes) -> str | None:
    return _RIFF.get(head[8:12]) if head[:4] in (b"RIFF", b"RF64") else None


def _aiff(head: bytes) -> str | None:
    return "audio/aiff" if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC") else None


def _base_media(head: bytes) -> str | None:
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    return "video/quicktime" if head[4:8] in (b"moov", b"wide") else None


def _matroska(head: bytes) -> str | None:
    if head[:4] != b"\x1a\x45\xdf\xa3":
        return None
    return "video/webm" if b"webm" in head[:64] else "video/x-matroska"


def _pdf(head: bytes) -> str | None:
    """Readers accept the mark anywhere in the first kilobyte, but then after white space only."""
    return (
        "application/pdf"
        if head[:1024].lstrip(b"\xef\xbb\xbf\x00\t\r\n ")[:5] == b"%PDF-"
        else None
    )


def _bitmap(head: bytes) -> str | None:
    if head[:2] != b"BM" or len(head) < 26:
        return None
    return (
        "image/bmp"
        if struct.unpack_from("<L", head, 14)[0] in (12, 40, 52, 56, 64, 108, 124)
        else None
    )


def _icon(head: bytes) -> str | None:
    if head[:4] not in (b"\x00\x00\x01\x00", b"\x00\x00\x02\x00") or len(head) < 22:
        return None
    return "image/x-icon" if head[4] > 0 and head[5] == 0 and head[9] == 0 else None


def _windows_program(head: bytes) -> str | None:
    if head[:2] != b"MZ" or len(head) < 64:
        return None
    return "application/vnd.microsoft.portable-executable"


def _class_or_universal(head: bytes) -> str | None:
    """Java classes and universal macOS binaries share a mark; the version tells them apart."""
    if head[:4] != b"\xca\xfe\xba\xbe" or len(head) < 8:
        return None
    return (
        "application/java-vm"
        if struct.unpack_from(">H", head, 6)[0] >= 45
        else "application/x-mach-binary"
    )


def _bzip2(head: bytes) -> str | None:
    return "application/x-bzip2" if re.match(rb"BZh[1-9]1AY&SY", head) else None


def _flash(head: bytes) -> str | None:
    return "application/x-shockwave-flash" if re.match(rb"[FCZ]WS[\x03-\x40]", head) else None


def _mpeg_audio(head: bytes) -> str | None:
    """A frame header without an ID3 tag: sync bits, then a version, bit rate and frequency."""
    if len(head) < 4 or head[0] != 0xFF:
        return None
    if head[1] in (0xF1, 0xF9):
        return "audio/aac"
    if head[1] not in (0xFB, 0xFA, 0xF3, 0xF2, 0xE3, 0xE2):
        return None
    return "audio/mpeg" if head[2] >> 4 not in (0, 15) and head[2] & 0x0C != 0x0C else None


_READERS: tuple[Callable[[bytes], str | None], ...] = (
    _riff,
    _aiff,
    _base_media,
    _matroska,
    _pdf,
    _bitmap,
    _icon,
    _windows_program,
    _class_or_universal,
    _bzip2,
    _flash,
    _mpeg_audio,
)


def by_signature(head: bytes) -> str | None:
    """Return the kind that the first bytes prove, or None."""
    for offset, mark, mime in _MARKS:
        if head.startswith(mark, offset):
            return mime
    for read in _READERS:
        if mime := read(head):
            return mime
    return None
