"""What one Slack message or view may hold, counted in UTF-16 units where it is characters."""

BLOCKS = 45
"""Blocks of a message. Slack refuses more than 50; the rest is left for what an adapter may add."""

WORDS = 12_000
"""Characters of all blocks of a message."""

ROOM, TAKEN_BY_BLOCK = 13_200, 125
"""Slack refuses a message whose blocks are longer than this together; an empty one counts this much
(no documented limit: found by those who ran into it, in an issue of bolt-js with the number 2509).
"""

TOP_TEXT = 3000
"""Characters of the text beside the blocks, once escaped: beyond 4,000 Slack makes two messages of it."""

RICH = 3000
"""Characters of one block of text."""

HEADER = 150
"""Characters of a header block."""

TABLES, ROWS, COLUMNS = 1, 100, 20
"""Tables of a message, rows of a table with its header, and cells of a row."""

TABLE, TABLE_ROW, CELL = 9000, 3000, 1000
"""Characters of a table, of a row and of a cell; where more stand in one, lines are read more easily."""

BUTTONS, BUTTON_LABEL = 25, 75
"""Buttons of a block, and characters of a button's label."""

URL = 3000
"""Characters of the address of a link or a picture."""

ALT = 2000
"""Characters of the words for a picture."""

NAME = 1000
"""Characters of a file's name that are shown."""

VIEW_BLOCKS = 100
"""Blocks of a modal or of the home page."""

VIEW_TITLE = 24
"""Characters of a modal's title, and of the labels of its buttons."""

METADATA = 3000
"""Characters that a modal carries along."""

LABEL = 2000
"""Characters of a question and of the hint below it."""

ANSWER = 3000
"""Characters that can be typed into one box."""

OPTION, OPTION_VALUE = 75, 150
"""Characters of an option as it is shown, and of its value."""

RADIOS, CHECKBOXES, OPTIONS, GROUPS = 4, 10, 100, 100
"""Options that stand side by side where one or several can be chosen; of a menu, or of each of its groups."""
