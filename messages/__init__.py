"""messages speaks: what the bot says, the same for every platform."""
