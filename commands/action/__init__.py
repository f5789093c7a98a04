"""The action plan: what is to be done, by whom and by when."""

from commands.action import adding, handing, listing, reviewing, settling, undoing, waiting

FILES = (adding, listing, settling, waiting, handing, reviewing, undoing)
