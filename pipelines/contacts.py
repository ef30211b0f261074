"""Contacts: from the lines of a contact block to persons and desks."""
