"""One module a CMS family: only what differs from the default reading."""
