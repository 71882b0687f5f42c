"""`GET /api/embed/tickets/form-config` and the rules both sides share."""

import json
from pathlib import Path

import pytest

from ticketdesk.errors import Invalid
from ticketdesk.services.embed import rules, sentences
from ticketdesk.services.embed.fields import FormField

URL = "/api/embed/tickets/form-config?organizationId=acme"
CASES = json.loads((Path(__file__).parent / "answers.json").read_text(encoding="utf-8"))


async def test_the_configuration_tells_what_the_form_asks(visitor) -> None:
    answer = await visitor.get(URL)
    config = answer.json()["config"]

    assert answer.status_code == 200
    assert config["requireEmail"] is True
    assert config["categories"] == ["Technical", "Billing", "General"]
    names = [field["name"] for field in config["fields"]]
    assert names == ["requesterName", "requesterEmail", "category", "subject", "description"]


async def test_an_unchanged_configuration_costs_nothing(visitor, set_form) -> None:
    first = await visitor.get(URL)
    same = await visitor.get(URL, headers={"If-None-Match": first.headers["ETag"]})
    # As a cache says it that compresses what it passes on.
    weak = await visitor.get(URL, headers={"If-None-Match": f'"x", W/{first.headers["ETag"]}'})
    set_form(requirePhone=True)
    changed = await visitor.get(URL, headers={"If-None-Match": first.headers["ETag"]})

    assert same.status_code == weak.status_code == 304
    assert changed.status_code == 200


async def test_nothing_that_only_the_server_needs_is_told(visitor, set_form) -> None:
    set_form(allowedSites=["https://secret-project.example"])

    assert "secret-project" not in (await visitor.get(URL)).text


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['field']}: {case['answer']!r:.40}")
def test_the_server_judges_an_answer_as_the_page_does(case) -> None:
    field = FormField.model_validate({"name": "x", "step": "issue"} | case["field"])
    found = rules.problem(field, case["answer"])

    assert (found[0] if found else None) == case["problem"]


@pytest.mark.parametrize("language", sentences.languages())
def test_every_language_says_everything(language: str) -> None:
    spoken, english = sentences.sentences(language), sentences.sentences("en")

    assert spoken.keys() == english.keys()
    for key, sentence in english.items():
        assert spoken[key].strip()
        assert spoken[key].count("{") == sentence.count("{"), key


@pytest.mark.parametrize(
    ("wanted", "header", "language"),
    [
        (None, None, "en"),
        ("de-AT", "fr", "de"),
        ("de_DE", "fr", "de"),
        ("xx", "fr-CA, de;q=0.9", "fr"),
        (None, "xx, ar;q=0.3, es;q=0.8", "es"),
        (None, "de;q=nonsense, it", "it"),
    ],
)
def test_the_language_is_the_pages_then_the_readers(wanted, header, language: str) -> None:
    assert sentences.choose(wanted, header) == language


async def test_custom_fields_speak_the_visitors_language_where_they_know_it(
    visitor, set_form
) -> None:
    set_form(
        customFields=[
            {
                "key": "product",
                "label": "Product",
                "help": "On the back.",
                "kind": "select",
                "options": ["Printer", "Scanner"],
                "translations": {
                    "de": {"label": "Produkt", "options": {"Printer": "Drucker"}},
                },
            }
        ]
    )
    german = await visitor.get("/embed/tickets?organizationId=acme&locale=de")
    french = await visitor.get("/embed/tickets?organizationId=acme&locale=fr")
    told = (await visitor.get(f"{URL}&locale=de")).json()["config"]["fields"]
    (field,) = [one for one in told if one["name"] == "customFields.product"]

    assert ">Produkt</label>" in german.text
    assert '<option value="Printer">Drucker</option>' in german.text
    assert '<option value="Scanner">Scanner</option>' in german.text
    assert "On the back." in german.text
    assert ">Product</label>" in french.text
    assert field["label"] == "Produkt"
    assert field["options"] == ["Printer", "Scanner"]
    assert field["optionLabels"] == {"Printer": "Drucker"}


async def test_categories_speak_the_visitors_language_and_tickets_keep_their_own(
    visitor, set_form, body
) -> None:
    set_form(categoryTranslations={"de": {"Technical": "Technik", "Gone": "Fort", "Billing": " "}})
    german = await visitor.get("/embed/tickets?organizationId=acme&locale=de")
    english = await visitor.get("/embed/tickets?organizationId=acme&locale=en")
    told = (await visitor.get(f"{URL}&locale=de")).json()["config"]
    (field,) = [one for one in told["fields"] if one["name"] == "category"]
    sent = await visitor.post("/api/embed/tickets/submit", json=body | {"category": "Technik"})

    assert '<option value="Technical">Technik</option>' in german.text
    assert '<option value="Billing">Billing</option>' in german.text
    assert '<option value="Technical">Technical</option>' in english.text
    assert told["categories"] == ["Technical", "Billing", "General"]
    assert field["optionLabels"] == {"Technical": "Technik"}
    assert "category" in sent.json()["error"]["fields"]


@pytest.mark.parametrize("color", ["x#aabbcc", "#aabbccdd", "#aabbcc;}", "</style>#aabbcc"])
def test_a_color_is_six_digits_and_nothing_around_them(set_form, color: str) -> None:
    with pytest.raises(Invalid):
        set_form(color=color)
