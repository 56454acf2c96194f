"""Koppelwijzer: link households of status holders to municipalities and keep their jobs."""

__version__ = "0.1.0"
