"""Identity: what makes a release the same one tomorrow."""
