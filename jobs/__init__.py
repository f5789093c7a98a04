"""Jobs decide when the clock asks: they are given the time, and say what there is to say."""
