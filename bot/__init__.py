"""The bot hears: the only package that knows platforms, time and the environment."""
