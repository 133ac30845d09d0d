"""Parameters that fit the claims: a posterior, how it was found, and how far it can be trusted."""
