"""What no answer can exceed: the relaxation, its prices, and the knapsacks of the gemeenten."""
