"""Answers in whole households."""
