"""Doors for the public, opened by the edge with the anonymous actor.

What they take has been proved by a signed link, a captcha or an earlier upload before they are
called.
"""

PUBLIC_DOORS: dict[str, str] = {
    "auth.sign_out": "yyyyyyy",
    # Each of these first reads the visitor's own signed token; the world has none.
    "chats.visitor.reading.file": "nnnnnnn",
    "chats.visitor.reading.history": "nnnnnnn",
    "chats.visitor.reading.since": "nnnnnnn",
    "chats.visitor.reading.writers": "nnnnnnn",
    "chats.visitor.speaking.say": "nnnnnnn",
    "chats.visitor.speaking.sign": "nnnnnnn",
    "chats.visitor.speaking.start": "yyyyyyy",
    "embed.answering.answer": "yyyymyy",
    "embed.answering.close": "yyyymyy",
    "embed.answering.reopen": "yyyymyy",
    "embed.form_config.read": "yyyyyyy",
    "embed.pending_files.admit": "yyyyyyy",
    "embed.pending_files.claim": "yyyyyyy",
    "embed.pending_files.keep": "yyyyyyy",
    "embed.pending_files.keep_once": "yyyyyyy",
    "embed.submission.submit": "yyyyyyy",
    "embed.tracking.file_url": "yyyymyy",
    "embed.tracking.read": "yyyymyy",
    "embed.visits.count": "yyyyyyy",
}
