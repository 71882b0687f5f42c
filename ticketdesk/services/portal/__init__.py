"""What customers see and do once they are signed in (contract.md, `/portal`)."""
