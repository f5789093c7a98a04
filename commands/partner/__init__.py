"""The partnership: its organisations, roles, teams and people, and the days on which they work."""

from commands.partner import organisations, people, roles, showing, teams, time_off, working

FILES = (showing, organisations, roles, teams, people, time_off, working)
