"""The life of the process: starting, listening, telling how it is, changing the facts, stopping."""
