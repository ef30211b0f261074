"""What `communique serve` adds to Datasette."""
