"""The partnership: its organisations, roles, teams and people, and the days on which they work."""

from commands.partner import (
    linking,
    organisations,
    people,
    roles,
    showing,
    teams,
    time_off,
    working,
    workspaces,
)

FILES = (showing, organisations, workspaces, roles, teams, people, linking, time_off, working)
