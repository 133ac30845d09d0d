"""Documents become sourced claims, and a person can check each one: reading, extraction, redaction, ledger, review."""
