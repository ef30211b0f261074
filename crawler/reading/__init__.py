"""From a page to a ReleaseItem: the default reading."""
