"""Durable things: the inbox of updates, contexts, chat settings. The only room that knows of databases."""
