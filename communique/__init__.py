"""The front door: the command line composes crawler, pipelines and archive."""
