"""Lets ``python -m communique`` work as ``communique`` does."""

from communique.cli import main

main()
