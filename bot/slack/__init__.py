"""Slack: what people type, press and fill in there is heard, and what is said is posted there."""
