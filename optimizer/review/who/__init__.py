"""Who somebody is, what they may, and how the application knows."""
