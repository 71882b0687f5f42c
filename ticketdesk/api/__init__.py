"""The REST API: one router a resource, each route a call of a service (contract.md, REST)."""
