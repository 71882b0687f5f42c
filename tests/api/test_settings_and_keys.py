"""Settings, API keys and the finding of members over HTTP."""

import pytest

from tests.api.callers import refused

SETTINGS = "/api/organization/settings"


def test_settings_have_the_specifications_sections(agent) -> None:
    answer = agent.get(SETTINGS)

    settings = answer.json()["settings"]
    assert answer.headers["ETag"] == '"1"'
    assert {
        "enabled", "embedConfig", "slaConfig", "emailConfig", "automationRules", "assignmentRules"
    } <= set(settings)  # fmt: skip
    assert set(settings["slaConfig"]["resolutionTime"]) == {
        "low", "medium", "high", "urgent", "critical"
    }  # fmt: skip


def test_a_patch_merges_objects_and_replaces_lists(admin) -> None:
    answer = admin.patch(
        SETTINGS,
        {
            "slaConfig": {"resolutionTime": {"urgent": 90}},
            "embedConfig": {"categories": ["Orders"]},
        },
    )

    settings = answer.json()["settings"]
    assert answer.status_code == 200
    assert answer.json()["version"] == 2
    assert settings["slaConfig"]["resolutionTime"]["urgent"] == 90
    assert settings["slaConfig"]["resolutionTime"]["low"] == 7200
    assert settings["embedConfig"]["categories"] == ["Orders"]
    assert admin.get(SETTINGS).json()["settings"] == settings


@pytest.mark.parametrize(
    ("patch", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"slaConfig": {"firstResponseTime": 0}}, "slaConfig.firstResponseTime"),
        ({"slaConfig": {"firstResponseTime": "soon"}}, "slaConfig.firstResponseTime"),
        ({"embedConfig": {"defaultPriority": "SUPER"}}, "embedConfig.defaultPriority"),
        ({"emailConfig": None}, "emailConfig"),
    ],
)
def test_a_wrong_setting_is_named_and_nothing_is_kept(admin, patch: dict, field: str) -> None:
    refused(admin.patch(SETTINGS, patch), 422, "validation_error", field)

    assert admin.get(SETTINGS).json()["version"] == 1


def test_a_stale_change_of_the_settings_is_refused(admin) -> None:
    admin.patch(SETTINGS, {"enabled": True})

    answer = admin.patch(SETTINGS, {"enabled": False}, headers={"If-Match": '"1"'})

    refused(answer, 412, "stale")


def test_agents_read_the_settings_and_do_not_change_them(agent) -> None:
    refused(agent.patch(SETTINGS, {"enabled": False}), 403, "forbidden")


def test_a_key_is_shown_once_listed_without_its_token_and_revoked_at_once(admin, nobody) -> None:
    made = admin.post("/api/api-keys", {"name": "Billing", "scopes": ["read"]})
    token, key = made.json()["token"], made.json()["apiKey"]
    bearer = {"Authorization": f"Bearer {token}"}

    assert made.status_code == 201
    assert nobody.get("/api/tickets", headers=bearer).status_code == 200
    listed = admin.get("/api/api-keys")
    assert token not in listed.text
    assert [(k["id"], k["lastUsedAt"] is not None) for k in listed.json()["apiKeys"]] == [
        (key["id"], True)
    ]
    assert admin.delete(f"/api/api-keys/{key['id']}").json()["apiKey"]["revokedAt"]
    refused(nobody.get("/api/tickets", headers=bearer), 401, "unauthenticated")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "x", "scopes": []}, "scopes"),
        ({"name": "x", "scopes": ["root"]}, "scopes"),
        ({"name": "", "scopes": ["read"]}, "name"),
        ({"scopes": ["read"]}, "name"),
    ],
)
def test_a_key_needs_a_name_and_known_scopes(admin, body: dict, field: str) -> None:
    refused(admin.post("/api/api-keys", body), 422, "validation_error", field)


def test_keys_are_an_admins_business(agent, with_key, stranger, admin) -> None:
    key = admin.post("/api/api-keys", {"name": "x", "scopes": ["read"]}).json()["apiKey"]

    refused(agent.get("/api/api-keys"), 403, "forbidden")
    refused(with_key("write").get("/api/api-keys"), 403, "forbidden")
    assert with_key("admin").get("/api/api-keys").status_code == 200
    refused(stranger.delete(f"/api/api-keys/{key['id']}"), 404, "not_found")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("search=gr", ["Grace Hopper"]),
        ("search=hop gra", ["Grace Hopper"]),
        ("search=jane@customer.example", ["Jane Doe"]),
        ("search=customer", ["Jane Doe", "Omar Haddad"]),
        ("search=larsson", []),
        ("search=%25", None),
        ("search=' OR 1=1 --", []),
        ("role=AGENT", ["Grace Hopper", "Linus Torvalds"]),
        ("search=l&role=ADMIN", ["Ada Lovelace"]),
        ("limit=1", ["Ada Lovelace"]),
    ],
)
def test_members_are_found_by_beginnings_of_words(agent, query: str, names) -> None:
    found = agent.get(f"/api/users?{query}").json()

    if names is None:
        assert len(found["users"]) == 5
    else:
        assert [user["name"] for user in found["users"]] == names
    assert "passwordHash" not in str(found)
