"""The kinds of files we tell apart by content, and the names and types they go under."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind.

    `mime` is what we store; `endings` are the file name endings and `aliases` the declared types
    that honestly mean it; `says` is how a person calls it.
    """

    mime: str
    says: str
    endings: frozenset[str]
    aliases: frozenset[str]


def _kind(mime: str, says: str, endings: str, aliases: str = "") -> Kind:
    return Kind(mime, says, frozenset(endings.split()), frozenset({mime, *aliases.split()}))


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

KINDS: tuple[Kind, ...] = (
    _kind("image/png", "a PNG picture", "png apng", "image/x-png image/apng"),
    _kind("image/jpeg", "a JPEG picture", "jpg jpeg jpe jfif pjpeg", "image/jpg image/pjpeg"),
    _kind("image/gif", "a GIF picture", "gif"),
    _kind("image/webp", "a WebP picture", "webp"),
    _kind("image/bmp", "a bitmap", "bmp dib", "image/x-ms-bmp image/x-bmp image/x-windows-bmp"),
    _kind("image/tiff", "a TIFF picture", "tif tiff dng nef cr2 arw", "image/x-adobe-dng"),
    _kind("image/x-icon", "an icon", "ico cur", "image/vnd.microsoft.icon image/ico"),
    _kind("image/avif", "an AVIF picture", "avif avifs"),
    _kind("image/heic", "a HEIC picture", "heic heif hif", "image/heif image/heic-sequence"),
    _kind("image/vnd.adobe.photoshop", "a Photoshop file", "psd psb", "image/x-photoshop"),
    _kind("image/svg+xml", "an SVG picture", "svg", "text/xml application/xml"),
    _kind("application/pdf", "a PDF", "pdf ai fdf", "application/x-pdf application/illustrator"),
    _kind("application/postscript", "PostScript", "ps eps ai"),
    _kind("application/rtf", "rich text", "rtf doc", "text/rtf text/richtext application/msword"),
    _kind(
        "application/zip",
        "a ZIP archive",
        "zip docx docm dotx xlsx xlsm xlsb xltx pptx pptm potx ppsx vsdx odt ods odp odg ott epub "
        "jar war ear apk ipa aab xpi crx kmz 3mf sketch pages numbers key whl nupkg vsix msix appx "
        "cbz usdz fig har.zip twbx pbix xmind drawio",
        "application/x-zip-compressed application/x-zip application/java-archive "
        "application/epub+zip application/vnd.android.package-archive application/x-xpinstall "
        "application/vnd.google-earth.kmz application/vnd.ms-word.document.macroenabled.12 "
        "application/vnd.ms-excel.sheet.macroenabled.12 application/vnd.ms-visio.drawing "
        "application/vnd.ms-excel.sheet.binary.macroenabled.12 "
        "application/vnd.ms-powerpoint.presentation.macroenabled.12 application/x-chrome-extension "
        "application/vnd.apple.pages application/vnd.apple.numbers application/vnd.apple.keynote",
    ),
    _kind(
        "application/x-ole-storage",
        "an Office document of the old kind",
        "doc dot xls xlt ppt pot pps msg msi msp vsd mpp pub wps hwp thumbs.db",
        "application/msword application/vnd.ms-excel application/vnd.ms-powerpoint "
        "application/vnd.ms-outlook application/x-msi application/x-msdownload "
        "application/vnd.visio application/vnd.ms-project application/x-mspublisher",
    ),
    _kind(
        "application/gzip",
        "a gzip archive",
        "gz tgz gzip svgz emz cpgz",
        "application/x-gzip application/x-gtar application/x-tgz application/x-compressed-tar",
    ),
    _kind("application/x-bzip2", "a bzip2 archive", "bz2 tbz2 tbz", "application/x-bzip"),
    _kind("application/x-xz", "an xz archive", "xz txz"),
    _kind("application/zstd", "a Zstandard archive", "zst tzst", "application/x-zstd"),
    _kind("application/x-7z-compressed", "a 7z archive", "7z"),
    _kind("application/vnd.rar", "a RAR archive", "rar", "application/x-rar-compressed"),
    _kind("application/x-tar", "a tar archive", "tar"),
    _kind("application/vnd.ms-cab-compressed", "a cabinet", "cab msu"),
    _kind("video/mp4", "an MP4 video", "mp4 m4v f4v mp4v m4a m4b 3gp 3g2 mov", "audio/mp4"),
    _kind("video/quicktime", "a QuickTime video", "mov qt mp4 m4v"),
    _kind("audio/mp4", "an MP4 recording", "m4a m4b mp4 aac", "audio/x-m4a video/mp4 audio/aac"),
    _kind("video/3gpp", "a 3GP video", "3gp 3gpp 3g2 amr mp4", "video/3gpp2 audio/3gpp"),
    _kind("video/webm", "a WebM video", "webm weba mkv mka", "audio/webm video/x-matroska"),
    _kind("video/x-matroska", "a Matroska video", "mkv mka mks webm", "audio/x-matroska"),
    _kind("video/x-msvideo", "an AVI video", "avi", "video/avi video/msvideo"),
    _kind("video/x-ms-asf", "a Windows Media file", "wmv wma asf", "video/x-ms-wmv audio/x-ms-wma"),
    _kind("video/mpeg", "an MPEG video", "mpg mpeg vob m2v mpe", "video/mp2p"),
    _kind("video/x-flv", "a Flash video", "flv"),
    _kind(
        "audio/ogg", "an Ogg file", "ogg oga ogv opus spx", "video/ogg application/ogg audio/opus"
    ),
    _kind("audio/wav", "a WAV recording", "wav wave", "audio/x-wav audio/wave audio/vnd.wave"),
    _kind("audio/mpeg", "an MP3 recording", "mp3 mpga mp2", "audio/mp3 audio/x-mp3"),
    _kind("audio/flac", "a FLAC recording", "flac", "audio/x-flac"),
    _kind("audio/amr", "an AMR recording", "amr awb"),
    _kind("audio/aac", "an AAC recording", "aac", "audio/x-aac audio/aacp"),
    _kind("audio/aiff", "an AIFF recording", "aif aiff aifc", "audio/x-aiff"),
    _kind("audio/midi", "a MIDI file", "mid midi", "audio/x-midi audio/mid"),
    _kind("font/ttf", "a font", "ttf otf ttc", "font/otf font/sfnt application/x-font-ttf"),
    _kind("font/woff", "a web font", "woff", "application/font-woff"),
    _kind("font/woff2", "a web font", "woff2"),
    _kind(
        "application/vnd.microsoft.portable-executable",
        "a Windows program",
        "exe dll sys scr com ocx cpl efi drv",
        "application/x-msdownload application/x-msdos-program application/x-dosexec "
        "application/exe application/x-exe application/dos-exe",
    ),
    _kind(
        "application/x-elf",
        "a Linux program",
        "so o elf ko bin appimage run",
        "application/x-executable application/x-sharedlib",
    ),
    _kind("application/x-mach-binary", "a macOS program", "dylib bundle o"),
    _kind("application/java-vm", "a Java class", "class", "application/x-java"),
    _kind("application/wasm", "a WebAssembly program", "wasm"),
    _kind(
        "application/vnd.sqlite3",
        "an SQLite database",
        "sqlite sqlite3 db db3",
        "application/x-sqlite3",
    ),
    _kind(
        "application/vnd.tcpdump.pcap",
        "a packet capture",
        "pcap cap pcapng dmp",
        "application/x-pcapng",
    ),
    _kind("application/x-ms-evtx", "a Windows event log", "evtx"),
    _kind("application/x-ms-minidump", "a crash dump", "dmp mdmp hdmp"),
    _kind("application/x-ms-shortcut", "a Windows shortcut", "lnk"),
    _kind("application/x-shockwave-flash", "a Flash program", "swf"),
)

BY_MIME = {kind.mime: kind for kind in KINDS}
MARKED_ENDINGS = frozenset(ending for kind in KINDS for ending in kind.endings)
MARKED_TYPES = frozenset(alias for kind in KINDS for alias in kind.aliases)

# Office formats inside their containers: by ending, once the container is recognised.
INSIDE: dict[str, str] = {
    "docx": _OOXML + "wordprocessingml.document",
    "xlsx": _OOXML + "spreadsheetml.sheet",
    "pptx": _OOXML + "presentationml.presentation",
    "odt": _ODF + "text",
    "ods": _ODF + "spreadsheet",
    "odp": _ODF + "presentation",
    "odg": _ODF + "graphics",
    "epub": "application/epub+zip",
    "jar": "application/java-archive",
    "apk": "application/vnd.android.package-archive",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
}
CONTAINERS = frozenset({"application/zip", "application/x-ole-storage"})

# What a text is called by its ending; everything else of text is text/plain.
TEXTS: dict[str, str] = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/json",
    "har": "application/json",
    "xml": "application/xml",
    "md": "text/markdown",
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "eml": "message/rfc822",
    "yaml": "application/yaml",
    "yml": "application/yaml",
}
"""The two families of declared types and endings that mean text although they do not say so."""
TEXT_TYPES = frozenset(
    [
        "application/json",
        "application/xml",
        "application/javascript",
        "application/x-javascript",
        "application/ecmascript",
        "application/yaml",
        "application/x-yaml",
        "application/toml",
        "application/sql",
        "application/x-sh",
        "application/x-httpd-php",
        "application/xhtml+xml",
        "application/rss+xml",
        "application/x-python",
        "application/x-ndjson",
        "application/ld+json",
        "application/csv",
        "message/rfc822",
        "application/x-subrip",
        "application/x-php",
        "application/x-perl",
        "application/pgp-signature",
        "application/pgp-encrypted",
        "application/x-pem-file",
        "application/x-x509-ca-cert",
        "application/pkix-cert",
        "application/x-ns-proxy-autoconfig",
        "application/vnd.apple.mpegurl",
        "application/x-mpegurl",
        "application/gpx+xml",
        "application/vnd.google-earth.kml+xml",
    ]
)
# Windows and browsers name these so by the ending alone (a CSV is Excel's, .ts is a video).
TEXT_BY_HABIT = {
    "csv": {"application/vnd.ms-excel"},
    "ts": {"video/mp2t", "video/vnd.dlna.mpeg-tts"},
    "rtf": {"application/msword"},
    "log": {"application/x-log"},
    "reg": {"application/x-msdownload"},
    "bat": {"application/x-msdownload", "application/x-msdos-program"},
    "cmd": {"application/x-msdownload", "application/x-msdos-program"},
}
