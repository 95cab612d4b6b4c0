"""`python -m bot.pictures FOLDER`: draws the chart and the map of the packaged facts as PNG files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.languages import FALLBACK, languages
from bot.pictures.gallery import DRAWN, wording
from knowledge.files import load


def main(arguments: list[str] | None = None) -> int:
    """Draw the pictures; returns 0, or 1 where the folder is missing."""
    parser = argparse.ArgumentParser(prog="python -m bot.pictures", description="Draw the pictures of the facts.")
    parser.add_argument("folder", type=Path, help="where chart.png, history.png and map.png are written")
    parser.add_argument("--language", default=FALLBACK, choices=sorted(languages()), help="language of the words")
    chosen = parser.parse_args(arguments)
    if not chosen.folder.is_dir():
        print(f"{chosen.folder}: no such folder. Make it, or name another one", file=sys.stderr)
        return 1
    words = wording(load(), languages()[chosen.language])
    for kind, draw in DRAWN.items():
        path = chosen.folder / f"{kind}.png"
        path.write_bytes(draw(words)[0])
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
