"""Simulated newsrooms on a virtual clock, crawled by the real engine, with the truth kept aside."""
