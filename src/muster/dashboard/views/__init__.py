"""One module a view: what it shows, taken from the public functions, for a template or a chart."""
