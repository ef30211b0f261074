"""Find and read: everything up to what a page says, as printed."""
