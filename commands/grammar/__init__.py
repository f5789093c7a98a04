"""The grammar: what people type, read as the words of the plan."""
