"""A local view in the browser: it calls the same public functions as the commands, and has no logic of its own."""
