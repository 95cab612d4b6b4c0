"""What is held and who said it: attributed claims about reported events, usable without any bot."""
