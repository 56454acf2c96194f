"""``python -m optimizer.cli``: the same as ``koppelwijzer``."""

import sys

from optimizer.cli.app import main

sys.exit(main())
