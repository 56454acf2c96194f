"""Why, in words and numbers: ``told`` speaks of a finished case."""
