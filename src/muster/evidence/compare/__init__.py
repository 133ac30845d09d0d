"""Claims held against each other: what is comparable, what cannot all be right, how credible each is."""
