"""Give meaning: from a ReleaseItem, as printed, to a Release, normalised."""
