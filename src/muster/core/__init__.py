"""The ground floor: errors, dates, vocabulary, luck, provenance: what every other floor rests on."""
