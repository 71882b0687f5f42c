"""Settings that belong together are kept together, or none of them."""

import pytest

from ticketdesk.errors import Forbidden, Invalid, Stale
from ticketdesk.services.desk import (
    settings_email,
    settings_fields,
    settings_library,
    settings_page,
    settings_rules,
    settings_widget,
)
from ticketdesk.services.embed import captcha_secret
from ticketdesk.services.mail import account_settings, accounts


def version(session, ada) -> int:
    return settings_page.read(session, ada).version


def save_widget(session, ada, embed, *, secret=""):
    at = version(session, ada)
    settings_widget.save(session, ada, embed, secret=secret, forget=False, version=at)


def test_only_admins_read_the_settings_and_the_words_of_rules(session, grace):
    for service in (settings_page.read, settings_rules.vocabulary):
        with pytest.raises(Forbidden):
            service(session, grace)


def test_a_foreign_logo_keeps_the_captchas_secret_from_being_stored_too(session, ada):
    with pytest.raises(Invalid) as refused:
        save_widget(session, ada, {"logoUrl": "https://elsewhere.example/a.png"}, secret="s3cret")
    assert list(refused.value.fields) == ["embedConfig.logoUrl"]
    assert captcha_secret.of(session, ada.organization_id) is None
    save_widget(session, ada, {"title": "Hi"}, secret="s3cret")
    assert captcha_secret.of(session, ada.organization_id) == "s3cret"


def test_an_admin_who_read_old_settings_overwrites_nothing(session, ada):
    at = version(session, ada)
    settings_fields.save(session, ada, [{"key": "a", "label": "A"}], version=at)
    save_widget(session, ada, {"title": "First"})
    with pytest.raises(Stale):
        settings_fields.save(session, ada, [], version=at)


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ([{"key": "a", "label": "A"}, {"key": "a", "label": "B"}], "1.key"),
        ([{"key": "a", "label": "A", "kind": "select"}], "0.options"),
        ([{"key": "a", "label": "A", "showWhen": {"gone": ["x"]}}], "0.showWhen"),
        ([{"key": "1 a", "label": "A"}], "0.key"),
    ],
)
def test_a_field_that_cannot_work_is_refused_at_its_place(session, ada, fields, place):
    with pytest.raises(Invalid) as refused:
        settings_fields.save(session, ada, fields, version=version(session, ada))
    assert f"embedConfig.customFields.{place}" in refused.value.fields


def test_an_empty_secret_keeps_the_stored_one_and_leaves_the_rest_of_the_account(session, ada):
    account_settings.change(session, ada, {"token": "tok", "inbound": {"user": "u"}})
    email, at = {"provider": "postmark"}, version(session, ada)
    settings_email.save(session, ada, email, {"token": "", "stream": "desk"}, version=at)
    stored = accounts.read(session, ada.organization_id)
    assert (stored["token"], stored["stream"]) == ("tok", "desk")
    assert stored["inbound"] == {"user": "u"}
    shown = settings_email.kept(account_settings.read(session, ada).account)
    assert (shown["token"], shown["tokenKept"]) == ("", True)


def test_a_wrong_address_is_refused_beside_its_field(session, ada):
    at = version(session, ada)
    with pytest.raises(Invalid) as refused:
        settings_email.save(session, ada, {"fromEmail": "nonsense"}, {}, version=at)
    assert list(refused.value.fields) == ["emailConfig.fromEmail"]


def test_a_text_of_the_editor_is_kept_without_what_could_run(session, grace):
    content = "<p>One <strong>two</strong></p><script>alert(1)</script>"
    values = {"title": "Hello", "shortcut": "hi", "content": content}
    made = settings_library.save_response(session, grace, "", values, 0)
    assert made.content == "<p>One <strong>two</strong></p>"


def test_an_example_shows_what_a_customer_would_get(session, grace):
    text = "<p>Hello <b>{{requester.first_name}}</b></p><img src=x onerror=alert(1)>"
    assert settings_library.example(session, grace, text) == (
        '<p>Hello <b>Jane</b></p><img src="x">'
    )


def test_a_macro_names_an_unknown_variable_at_the_text_that_has_it(session, grace):
    change = {"reply": "<p>Hello</p>", "note": "<p>{{requester.age}}</p>"}
    with pytest.raises(Invalid) as refused:
        settings_library.save_macro(session, grace, "", {"title": "Done", "change": change}, 0)
    assert list(refused.value.fields) == ["note"]
    with pytest.raises(Invalid) as refused:
        settings_library.example(session, grace, change["note"], "note")
    assert list(refused.value.fields) == ["note"]


def test_an_example_names_a_variable_that_does_not_exist(session, grace):
    with pytest.raises(Invalid) as refused:
        settings_library.example(session, grace, "<p>{{requester.age}}</p>")
    assert "{{requester.age}}" in refused.value.fields["content"]
