"""What the toolkit knows of the Netherlands: municipalities, places, distances, areas.

It knows no refugees and never imports ``optimizer``. Importing the package itself costs
nothing; geometry is loaded by :mod:`geodata.areas` alone.
"""
