"""Commands decide when a person asks: one file or folder per command, found by its name."""
