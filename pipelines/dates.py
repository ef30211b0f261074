"""Dates: from a printed string to a Moment, strictly."""
