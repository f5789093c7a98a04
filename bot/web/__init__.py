"""Web: the bot's own chat in the browser, for trying it, for training, and for those without a chat."""
