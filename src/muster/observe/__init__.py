"""From simulated truth to what a source would have counted: definitions, windows, regions."""
