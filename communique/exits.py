"""Exit codes of every command, as the README documents them."""

DONE = 0  # also when nothing was new
USAGE = 2
UNHEALTHY = 3  # some newsroom needs a look
BUSY = 4  # another run is going on
UNUSABLE = 5  # the archive can't be used: locked, damaged, disk full
