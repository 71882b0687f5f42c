"""Machines: vacation answers, lists, monitors, our own mail coming back."""

from collections.abc import Iterator

from tests.corpus.case import Case, message, reply
from tests.corpus.desk import JANE, SENT, SIGNER, SUPPORT

_ANSWERS = {
    "RFC 3834 answer": ("Auto-Submitted: auto-replied (vacation)", "Away"),
    "X-Autoreply": ("X-Autoreply: yes", "Away"),
    "X-Autorespond": ("X-Autorespond: Away", "Away"),
    "Precedence auto_reply": ("Precedence: auto_reply", "Away"),
    "X-Precedence auto_reply": ("X-Precedence: auto_reply", "Away"),
    "Exchange in English": ("X-Auto-Response-Suppress: All", "Automatic reply: Ticket #1001"),
    "Exchange in German": ("X-Auto-Response-Suppress: All", "Automatische Antwort: Ticket #1001"),
    "Exchange in French": ("X-A: b", "Réponse automatique : Ticket #1001"),
    "Exchange in Spanish": ("X-A: b", "Respuesta automática: Ticket #1001"),
    "Out of office in the subject": ("X-A: b", "Out of Office: back on Monday"),
    "Lotus Notes": ("X-A: b", "Abwesenheitsnotiz: im Urlaub"),
}
_MACHINES = {
    "a monitor": "Auto-Submitted: auto-generated",
    "a bulk mailing": "Precedence: bulk",
    "a mailing list": "List-Id: <users.list.example>",
    "a newsletter": "List-Unsubscribe: <mailto:stop@list.example>",
    "junk": "Precedence: junk",
    "a list by its precedence": "Precedence: list",
    "suppressed answers": "X-Auto-Response-Suppress: OOF, AutoReply",
    "an empty return path": "Return-Path: <>",
    "somebody's loop mark": "X-Loop: other@desk.example",
}


def cases() -> Iterator[Case]:
    for name, (header, subject) in _ANSWERS.items():
        raw = reply("I am away.", extra=(header,), subject=subject)
        yield Case(name, raw, "ignored", number=1001, why="automatic")
    for name, header in _MACHINES.items():
        yield Case(name, message("Look.", extra=(header,)), answers=False, why="Automatic mail")
    for local in ("no-reply", "noreply", "do-not-reply", "donotreply+1", "postmaster"):
        raw = message("Look.", sender=f"{local}@shop.example")
        yield Case(f"sender {local}", raw, answers=False, why="the sender is")
    form = message("Look.", sender="no-reply@form.example", extra=(f"Reply-To: {JANE}",))
    yield Case("a web form names the person in Reply-To", form, author=JANE, answers=False)
    person = message("Look.", extra=("Auto-Submitted: no",))
    yield Case("Auto-Submitted: no is a person", person, answers=True)
    daemon = message("Look.", sender="Noreen Plyer <noreen@customer.example>")
    yield Case("a name that only begins like no-reply", daemon, answers=True)
    own = message("x", message_id=SIGNER.message_id("out_9", 1001, "acme.example"))
    yield Case("our own mail", own, "ignored", why="one of ours")
    yield Case("our own address", message("x", sender=SUPPORT), "ignored", why="our own address")
    plus = message("x", sender=SIGNER.plus_address(SUPPORT, 1001))
    yield Case("our own plus-address", plus, "ignored", why="our own address")
    loop = message("x", extra=(f"X-Loop: {SUPPORT}",))
    yield Case("our own loop mark", loop, "ignored", why="X-Loop")
    hops = [f"Received: from a{i}.example by b{i}.example; Mon, 2 Mar 2026" for i in range(60)]
    yield Case("sixty hops", message("x", extra=hops), "ignored", why="circles")
    two_desks = message(
        "We have received your request.",
        sender="support@globex.example",
        extra=("Auto-Submitted: auto-replied", f"In-Reply-To: {SENT}"),
    )
    yield Case("another desk's confirmation", two_desks, "ignored")
