"""The organization, its settings and what it opens to programs."""

VERBS: dict[str, str] = {
    "api_keys.create": "ynnnynn",
    "api_keys.list_keys": "ynnnynn",
    "api_keys.revoke": "ynnnmnn",
    "audit.latest": "ynnnynn",
    "audit.list_entries": "ynnnynn",
    "organization_profile.read": "ynnnynn",
    "organization_profile.update": "ynnnynn",
    "single_sign_on.read": "ynnnynn",
    "single_sign_on.save": "ynnnynn",
    "ticket_settings.change": "ynnnynn",
    "ticket_settings.put_back": "ynnnynn",
    "ticket_settings.read": "yynnyny",
    "webhooks.deliveries.list_deliveries": "ynnnynn",
    "webhooks.deliveries.replay": "mnnnmnn",
    "webhooks.registry.create": "ynnnynn",
    "webhooks.registry.delete": "mnnnmnn",
    "webhooks.registry.list_all": "ynnnynn",
    "webhooks.registry.update": "mnnnmnn",
}
