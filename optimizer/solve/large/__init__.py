"""Months above some thousands of households: prices from those who hesitate."""
