"""What the contract of channels asks of each of them: a driver that speaks to it as its people do, and refuses as its platform does."""
