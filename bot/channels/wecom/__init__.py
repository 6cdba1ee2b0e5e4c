"""What the channels of WeCom share: the cipher and the envelopes of its callbacks, its REST interface and its error codes."""
