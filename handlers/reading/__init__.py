"""Reading: a pure function from a message's text to what it reports. No I/O, no clock, never raises."""
