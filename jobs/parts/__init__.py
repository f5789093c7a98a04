"""What each thing has to say, to a person or a chat channel whose turn it is: one file per thing."""
