"""Text: NFC, white space, invisible characters."""
