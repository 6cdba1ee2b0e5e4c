"""The door: channels, receiving, sending, web pages, command line, configuration, wiring."""
