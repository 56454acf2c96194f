"""Mail that tells officials what waits: numbers, names of rounds and days only, and nothing about people."""
