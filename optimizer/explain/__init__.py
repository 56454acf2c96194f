"""Why, in words and numbers: ``told`` speaks of a finished case and loads no solver, ``whynot`` works one out again."""
