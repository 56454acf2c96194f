"""No better answer exists: the core, branching, cuts, and levels that stay as they are."""
