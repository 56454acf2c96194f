"""What the user wants: ``beleid.toml``, scenarios, and whether what they name exists."""
