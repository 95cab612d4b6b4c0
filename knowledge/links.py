"""Where links lead: from a town to its province and country, from a figure to the later ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def reached(start: str, links: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """All that links lead to from here, however far, the nearest first; the start is left out even where they loop."""
    found: dict[str, None] = {}
    ahead = [start]
    for id in ahead:  # grows while it is read
        new = [other for other in links.get(id, ()) if other not in found and other != start]
        found.update(dict.fromkeys(new))
        ahead += new
    return tuple(found)
