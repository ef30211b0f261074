"""Where release addresses come from: feed, listing, sitemap, API."""
