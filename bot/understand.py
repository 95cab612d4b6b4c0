"""From a text to the questions in it: one for each thing asked, or to the statements of a forwarded message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from bot.clauses import Clause, clauses, sentences
from bot.dialogue import Question, Tag
from bot.matter import Matter
from bot.sharing import lacks_matter, shared
from bot.slots import Reader
from bot.tagged import Tagged

LISTING = frozenset({"and", "or"})  # cues
LIST_GAP = 5  # words between two things of one list


class Understanding:
    """Reads tagged texts against the names and facets of a store."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.reader = Reader(matter)

    def questions(self, tagged: Tagged) -> tuple[Question, ...]:
        """The questions of a text in order; a single empty one where nothing is recognised."""
        asking, around = clauses(tagged)
        asked = [q for clause in asking for q in self._expanded(self.reader.question(clause, tagged), tagged)]
        background = [self.reader.question(clause, tagged) for clause in around]
        return tuple(shared(asked, background, self.matter)) or (Question("plain"),)

    def statements(self, tagged: Tagged) -> tuple[Question, ...]:
        """The sentences of a forwarded message, each as something that is said."""
        read = [self.reader.question(clause, tagged) for clause in self._whole(sentences(tagged), tagged)]
        return tuple(q for q in read if not lacks_matter(q)) or tuple(read[:1]) or (Question("plain"),)

    def _expanded(self, question: Question, part: Tagged) -> Iterator[Question]:
        """One question for each of several places or populations: "Pasni and Mastung updates"."""
        deeds = tuple(t for t in question.topics if not t.weak and self.matter.any("people", t.ids))
        if len(_distinct(question.places)) > 1 and _listed(question.places, part) and self._apart(question.places):
            yield from (replace(question, places=(place,)) for place in question.places)
        elif len(_distinct(deeds)) > 1 and _listed(deeds, part):
            others = tuple(t for t in question.topics if t not in deeds)
            yield from (replace(question, topics=(*others, deed)) for deed in deeds)
        elif (
            len(_distinct(question.populations)) > 1
            and question.intent == "count"
            and _listed(question.populations, part)
        ):
            yield from (replace(question, populations=(p,), counted=(p,)) for p in question.populations)
        else:
            yield question

    def _apart(self, places: tuple[Tag, ...]) -> bool:
        """Whether no place lies in another: "the red zone in Quetta" is one place."""
        above = [self.matter.store.ancestors(id_) for tag in places for id_ in tag.ids]
        ids = {id_ for tag in places for id_ in tag.ids}
        return all(len(ids & up) == 1 for up in above)

    def _whole(self, found: list[Clause], tagged: Tagged) -> list[Clause]:
        """Sentences with those before them that state nothing by themselves."""
        whole: list[Clause] = []
        start: int | None = None
        for clause in found:
            first = clause.start if start is None else start
            if self.reader.states(clause, tagged) or clause is found[-1]:
                whole.append(Clause(first, clause.end, clause.asks))
                start = None
            else:
                start = first
        return whole


def _listed(tags: tuple[Tag, ...], tagged: Tagged) -> bool:
    """Whether tags stand in a list: "Pasni and Mastung", "killed, wounded"."""
    return all(
        b.start - a.end <= LIST_GAP
        and any(tagged.words[i].typed in ",&+" or LISTING & tagged.meant(i) for i in range(a.end, b.start))
        for a, b in pairwise(tags)
    )


def _distinct(tags: tuple[Tag, ...]) -> set[tuple[str, ...]]:
    return {tag.ids for tag in tags}
