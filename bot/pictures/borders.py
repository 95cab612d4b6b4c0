"""The borders that the map is drawn on, cut out of Natural Earth (see knowledge/geography/README.md)."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

Point = tuple[float, float]  # degrees east, degrees north


@cache
def outlines(id: str) -> tuple[tuple[Point, ...], ...]:
    """The lines of one feature ("coast", "country-borders" ...) or the outer edges of its areas.

    Raises KeyError for an id that the file does not have.
    """
    return _features()[id]


@cache
def _features() -> dict[str, tuple[tuple[Point, ...], ...]]:
    text = files("knowledge").joinpath("geography", "balochistan.geojson").read_text(encoding="utf-8")
    return {feature["properties"]["id"]: _lines(feature["geometry"]) for feature in json.loads(text)["features"]}


def _lines(geometry: dict[str, Any]) -> tuple[tuple[Point, ...], ...]:
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "MultiLineString":
            lines = coordinates
        case "Polygon":
            lines = coordinates[:1]
        case "MultiPolygon":
            lines = [polygon[0] for polygon in coordinates]
        case other:
            raise ValueError(f"balochistan.geojson: no way is known to draw a {other}. Write it as lines or polygons")
    return tuple(tuple((x, y) for x, y in line) for line in lines)
