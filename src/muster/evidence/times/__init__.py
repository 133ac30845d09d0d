"""When a count took place: dates, stretches of time, what is told from the publication, and dated events."""
