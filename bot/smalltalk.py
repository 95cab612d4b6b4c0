"""Greetings, thanks, questions about the bot, talk of other things: one fitting line each, and no figure."""

from __future__ import annotations

from bot.tagged import Tagged

# In this order: "thanks, you stupid bot" is an insult, "hi, who are you" asks who.
KINDS = ("insult", "human", "identity", "ability", "thanks", "bye", "greeting", "praise", "ok")
ABOUT_BOT = frozenset({"human", "identity", "ability", "insult", "greeting"})
MATTER = frozenset({"count", "whosays", "more", "verified", "overview", "places", "timeline", "tallies", "disputed"})
MATTER |= frozenset({"sourcelist", "both", "sure", "where", "when", "why", "howlong"})


def smalltalk(tagged: Tagged) -> str | None:
    """The kind of small talk that a text is, "offtopic" for talk of other things, or None where it asks something."""
    heavy = [tag for tag in tagged.content if not tag.weak]
    cues = {id_ for tag in tagged.cues for id_ in tag.ids}
    kind = next((kind for kind in KINDS if kind in cues), None)
    long = next((tag for tag in tagged.cues if kind in tag.ids and tag.end - tag.start >= 2), None)
    if (
        "offtopic" in cues
        and (not heavy or (len(heavy) == 1 and not tagged.numbers))
        and not cues & {"both", "whosays"}
    ):
        return "offtopic"
    if kind in ABOUT_BOT and long is not None and len(tagged.words) <= 12 and not tagged.numbers:
        return kind
    opens = {id_ for cue in tagged.cues if cue.start == 0 for id_ in cue.ids}
    asks = kind == "ok" and bool(opens & {"be", "did"})  # "is he right?"
    if heavy or tagged.numbers or len(tagged.unknown) > 1 or cues & MATTER or asks:
        return None
    return kind
