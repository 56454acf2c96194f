"""What the application keeps: tables, the sealed texts in them, and the trail of who did what."""
