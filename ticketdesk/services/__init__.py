"""The desk's verbs: plain functions `verb(session, actor, …)` that validate and write."""
