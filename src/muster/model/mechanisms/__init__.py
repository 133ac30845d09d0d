"""One file a mechanism, all of the same anatomy: story, parameters, formulas, loop, declaration. None imports another."""
