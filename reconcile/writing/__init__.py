"""Results -> files. Never imports Django."""
