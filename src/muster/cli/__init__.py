"""The command line: each command is the twin of a public function, and holds no logic but reading and printing."""
