"""The template editor: what differs is kept, what is broken refused, ours always back."""

import pytest

from ticketdesk.errors import Forbidden, Invalid, NotFound, Stale
from ticketdesk.services import ticket_settings
from ticketdesk.services.desk import settings_templates as editor
from ticketdesk.services.mail.own_templates import EDITABLE


def kept(session, actor) -> dict:
    return ticket_settings.read(session, actor)[0].email_config.templates


@pytest.mark.parametrize("kind", EDITABLE)
@pytest.mark.parametrize("language", ["", "de", "pt"])
def test_every_template_opens_and_previews_in_every_language(session, ada, kind, language):
    found = editor.read(session, ada, kind, language)
    assert found.own == []
    assert found.variables["ticket.number"]
    seen = editor.preview(session, ada, kind, language)
    assert seen.subject
    assert "<html" in seen.html
    assert "{{" not in seen.text + seen.html


def test_only_what_differs_from_ours_is_kept(session, ada):
    found = editor.read(session, ada, "created", "")
    parts = {"subject": "We have it", "text": found.text + "\r\n", "html": found.html}
    editor.save(session, ada, "created", "", parts, found.version)
    assert kept(session, ada) == {"created": {"subject": "We have it"}}
    again = editor.read(session, ada, "created", "")
    assert (again.own, again.subject) == (["subject"], "We have it")
    editor.reset(session, ada, "created", "", again.version)
    assert kept(session, ada) == {}


def test_words_for_one_language_leave_the_others_alone(session, ada):
    version = editor.read(session, ada, "created", "de").version
    editor.save(session, ada, "created", "de", {"subject": "Angekommen"}, version)
    assert editor.read(session, ada, "created", "de").subject == "Angekommen"
    assert editor.read(session, ada, "created", "").own == []


@pytest.mark.parametrize(
    ("part", "source", "reason"),
    [
        ("html", "<p>\n{{ ticket.number </p>", "Line 2"),
        ("text", "{{ ticket.secret }}", "Line 1"),
        ("subject", "{% for a in 'x' %}{% for b in 'y' %}{% endfor %}{% endfor %}", "loop"),
        ("html", "{{ ''.__class__.__mro__ }}", "Line 1"),
        ("html", "{% include 'layout.html' %}", "not available"),
        ("text", "{{ 'x' * 10000000 }}", "operator"),
    ],
)
def test_a_broken_template_is_refused_beside_its_part(session, ada, part, source, reason):
    version = editor.read(session, ada, "created", "").version
    for refused in (
        lambda: editor.save(session, ada, "created", "", {part: source}, version),
        lambda: editor.keep_draft(session, ada, "created", "", {part: source}),
    ):
        with pytest.raises(Invalid) as caught:
            refused()
        assert reason in caught.value.fields[part]
    assert kept(session, ada) == {}


def test_what_is_being_written_survives_and_is_previewed(session, ada):
    editor.keep_draft(session, ada, "created", "", {"subject": "Number {{ ticket.number }}"})
    assert editor.preview(session, ada, "created", "").subject == "Number 1001"
    assert editor.draft(session, ada, "created", "")["subject"].startswith("Number")
    version = editor.read(session, ada, "created", "").version
    editor.save(session, ada, "created", "", {"subject": "Other"}, version)
    assert editor.draft(session, ada, "created", "") == {}


def test_unknown_kinds_languages_and_stale_versions_are_refused(session, ada):
    with pytest.raises(NotFound):
        editor.read(session, ada, "test", "")
    with pytest.raises(Invalid):
        editor.read(session, ada, "created", "../x")
    version = editor.read(session, ada, "created", "").version
    editor.save(session, ada, "created", "", {"subject": "Other"}, version)
    for never_or_older in (99, version):
        with pytest.raises(Stale):
            editor.save(session, ada, "created", "", {"subject": "x"}, never_or_older)


def test_agents_do_not_get_in(session, grace):
    for verb in (editor.read, editor.preview, editor.draft):
        with pytest.raises(Forbidden):
            verb(session, grace, "created", "")
