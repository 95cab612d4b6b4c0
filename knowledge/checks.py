"""The rules that hold between records, one small function each, yielding problems with line and remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches

from knowledge import excerpts, reporting, statements
from knowledge.links import reached
from knowledge.model import Claim, Facet, Gap, Name, Record, Wording
from knowledge.placed import Facts, Placed, Step
from knowledge.problems import Problem

Rule = Callable[[Facts], Iterator[Problem]]
Use = tuple[tuple[Step, ...], str, frozenset[str]]  # where an id is used, the id, the kinds that fit there

_SPEAKERS = frozenset({"person", "group"})
_NAMES = _SPEAKERS | {"place"}
_FACETS = frozenset({"topic", "population", "object", "time"})


def essential(facts: Facts) -> Iterator[Problem]:
    """What would make answers wrong or impossible, so that such facts are not even loaded."""
    for rule in ESSENTIAL:
        yield from rule(facts)


def check(facts: Facts, texts: Mapping[str, excerpts.ReportText] | None = None) -> list[Problem]:
    """Every problem of the facts, by file and line; `texts` are the reports' own texts by source id, where at hand."""
    found = {rule: list(rule(facts)) for rule in (*ESSENTIAL, *RULES)}
    if not found[ids_known]:  # what claims are to each other can only be told where every id is known
        found |= {rule: list(rule(facts)) for rule in reporting.RULES}
    problems = [problem for each in found.values() for problem in each]
    problems += excerpts.verbatim(facts, texts or {})
    return sorted(set(problems))


def ids_unique(facts: Facts) -> Iterator[Problem]:
    """Names and facets share one space of ids; claims, gaps and sources have one each."""
    yield from _repeated("name or facet", [*facts.facets, *facts.names])
    yield from _repeated("claim", facts.claims)
    yield from _repeated("gap", facts.gaps)
    seen: set[str] = set()
    for report in facts.reports:
        id = report.record.source.id
        if id in seen:
            yield report.problem(f'the report id "{id}" is taken', "choose another", "source", "id")
        seen.add(id)


def ids_known(facts: Facts) -> Iterator[Problem]:
    """Every id that a record uses exists, and is of a kind that fits there."""
    kinds: dict[str, str] = {name.record.id: name.record.kind for name in facts.names}
    kinds |= {facet.record.id: facet.record.kind for facet in facts.facets}
    for claim in facts.claims:
        yield from _misused(claim, _used_by_claim(claim.record), kinds)
    for gap in facts.gaps:
        yield from _misused(gap, _each("facets", gap.record.facets, _FACETS | _NAMES), kinds)
    for name in facts.names:
        around = frozenset({"place"}) if name.record.kind == "place" else _NAMES
        yield from _misused(name, _each("part_of", name.record.part_of, around), kinds)
        yield from _misused(name, _each("kind_of", name.record.kind_of, frozenset({"population"})), kinds)
    for facet in facts.facets:
        same, record = frozenset({facet.record.kind}), facet.record
        uses = [*_each("kind_of", record.kind_of, same), *_each("contrary", record.contrary, same)]
        yield from _misused(facet, uses, kinds)
    for report in facts.reports:
        source = report.record.source
        bodies = (("relays", source.relays), ("outlet", source.outlet))
        yield from _misused(report, [(("source", key), id, _SPEAKERS) for key, id in bodies if id], kinds)


def relations_closed(facts: Facts) -> Iterator[Problem]:
    """Both ends of a relation are claims: of one report inside its file, of two in relations.yml."""
    source = {claim.id: report.record.source.id for report in facts.reports for claim in report.record.claims}
    inside = {(relation.path, relation.steps) for relation in facts.between}
    seen: set[tuple[str, frozenset[str]]] = set()
    for relation in facts.relations:
        record = relation.record
        ends = frozenset({record.a, record.b})
        strangers = [(key, end) for key, end in (("a", record.a), ("b", record.b)) if end not in source]
        for key, end in strangers:
            yield relation.problem(f'"{end}" is no claim', _nearest(end, source), key)
        if len(ends) == 1:
            yield relation.problem("a claim is related to itself", "name another claim")
        elif (record.kind, ends) in seen:
            yield relation.problem("this relation stands twice", "delete one of the two")
        elif not strangers and (source[record.a] != source[record.b]) != ((relation.path, relation.steps) in inside):
            yield relation.problem(
                "the relation stands in the wrong file", "inside a report: in its file; between two: in relations.yml"
            )
        seen.add((record.kind, ends))


def english_present(facts: Facts) -> Iterator[Problem]:
    """Whatever an answer shows is there in English at least."""
    for claim in facts.claims:
        yield from _untranslated(claim, "says", claim.record.says)
    for gap in facts.gaps:
        yield from _untranslated(gap, "says", gap.record.says)
    for name in facts.names:
        yield from _untranslated(name, "label", name.record.label)
        yield from _untranslated(name, "role", name.record.role or {"en": ""})
    for relation in facts.relations:
        yield from _untranslated(relation, "about", relation.record.about or {"en": ""})


def no_loops(facts: Facts) -> Iterator[Problem]:
    """No place lies in itself, and nothing is a kind of itself, however long the way round."""
    above = {name.record.id: name.record.part_of for name in facts.names}
    above |= {facet.record.id: facet.record.kind_of for facet in facts.facets}
    placed: list[tuple[Placed[Name | Facet], str]] = [(name, "part_of") for name in facts.names]
    placed += [(facet, "kind_of") for facet in facts.facets]
    for record, key in placed:
        id = record.record.id
        if any(id == parent or id in reached(parent, above) for parent in above[id]):
            yield record.problem(f'"{key}" leads from "{id}" back to itself', "take one step of the loop out", key)


def sources_named(facts: Facts) -> Iterator[Problem]:
    """A report's file is called after its id."""
    for report in facts.reports:
        id, stem = report.record.source.id, report.path.stem
        if id != stem:
            todo = f"rename the file to {id}.yml"
            yield report.problem(f'the report "{id}" stands in {stem}.yml', todo, "source", "id")


def summary_held(facts: Facts) -> Iterator[Problem]:
    """A summary is made of claims of its own report, each once."""
    for report in facts.reports:
        known = [claim.id for claim in report.record.claims]
        for index, id in enumerate(report.record.summary):
            if id not in known:
                yield report.problem(f'"{id}" is no claim of this report', _nearest(id, known), "summary", index)
            elif id in report.record.summary[:index]:
                yield report.problem(f'"{id}" stands twice in the summary', "delete one of the two", "summary", index)


def asked_once(facts: Facts) -> Iterator[Problem]:
    """An example question leads to one claim or gap only."""
    seen: dict[str, str] = {}
    asking: list[Placed[Claim | Gap]] = [*facts.claims, *facts.gaps]
    for record in asking:
        for index, question in enumerate(record.record.asked):
            key = " ".join(question.casefold().rstrip("?").split())
            if key in seen:
                wrong = f'"{question}" is asked for "{seen[key]}" already'
                yield record.problem(wrong, "word it so that it asks for one of them only", "asked", index)
            seen.setdefault(key, record.record.id)


def verified_by_somebody(facts: Facts) -> Iterator[Problem]:
    """Whoever has not verified, denied, contradicted or not commented is named."""
    for claim in facts.claims:
        verification = claim.record.verification
        if verification.status != "stated" and not verification.by:
            yield claim.problem(f'nobody is named for "{verification.status}"', "add by: ID", "verification")


def opposition_related(facts: Facts) -> Iterator[Problem]:
    """A denied or contradicted claim is related to what is said against it, and what is denied is marked so."""
    speakers = {claim.record.id: claim.record.attribution.speaker for claim in facts.claims}
    status = {claim.record.id: claim.record.verification.status for claim in facts.claims}
    against: set[tuple[str, str, str | None]] = set()  # status that fits, claim, who speaks against it
    for relation in (placed.record for placed in facts.relations):
        if relation.kind == "denies":
            against.add(("denied", relation.b, speakers.get(relation.a)))
        elif relation.kind in ("conflicts", "corrects"):
            against.add(("contradicted", relation.b, speakers.get(relation.a)))
            against.add(("contradicted", relation.a, speakers.get(relation.b)))
    for claim in facts.claims:
        id, verification = claim.record.id, claim.record.verification
        kind = {"denied": "denies", "contradicted": "conflicts"}.get(verification.status)
        if kind and (verification.status, id, verification.by) not in against:
            wrong = f'no relation leads to what "{verification.by}" says against "{id}"'
            yield claim.problem(wrong, f"add a relation of the kind {kind}", "verification")
    for placed in facts.relations:
        if placed.record.kind == "denies" and status.get(placed.record.b) == "stated":
            yield placed.problem(f'"{placed.record.b}" is denied but marked as stated', "set its verification", "b")


ESSENTIAL: tuple[Rule, ...] = (ids_unique, ids_known, relations_closed, english_present)
RULES: tuple[Rule, ...] = (
    no_loops,
    sources_named,
    summary_held,
    asked_once,
    verified_by_somebody,
    opposition_related,
    excerpts.short,
    *statements.RULES,
)


def _repeated(noun: str, placed: Iterable[Placed[Name | Facet | Claim | Gap]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for record in placed:
        if record.record.id in seen:
            yield record.problem(f'the {noun} id "{record.record.id}" is taken', "choose another", "id")
        seen.add(record.record.id)


def _misused(record: Placed[Record], uses: Iterable[Use], kinds: Mapping[str, str]) -> Iterator[Problem]:
    for steps, id, fitting in uses:
        if id not in kinds:
            known = [one for one, kind in kinds.items() if kind in fitting]
            todo = f"{_nearest(id, known)}, or add it to names.yml or facets.yml"
            yield record.problem(f'"{id}" is no name or facet', todo, *steps)
        elif kinds[id] not in fitting:
            expected = " or ".join(sorted(fitting))
            yield record.problem(f'"{id}" is a {kinds[id]}', f"name a {expected} here", *steps)


def _used_by_claim(claim: Claim) -> Iterator[Use]:
    yield ("topic",), claim.topic, frozenset({"topic"})
    if claim.actor:
        yield ("actor",), claim.actor, _NAMES | {"population"}
    yield from _each("population", claim.population, _SPEAKERS | {"population"})
    yield from _each("place", claim.place, frozenset({"place"}))
    if claim.time:
        yield ("time",), claim.time, frozenset({"time"})
    for index, quantity in enumerate(claim.quantities):
        yield ("quantities", index, "of"), quantity.of, frozenset({"population", "object"})
    if claim.attribution.speaker:
        yield ("attribution", "speaker"), claim.attribution.speaker, _NAMES
    if claim.verification.by:
        yield ("verification", "by"), claim.verification.by, _NAMES
    yield from _each("about", claim.about, _FACETS | _NAMES)


def _each(key: str, ids: list[str], kinds: frozenset[str]) -> Iterator[Use]:
    return (((key, index), id, kinds) for index, id in enumerate(ids))


def _untranslated(record: Placed[Record], key: str, wording: Wording) -> Iterator[Problem]:
    if "en" not in wording:
        yield record.problem(f'"{key}" has no English text', f'add en: "..." to "{key}"', key)


def _nearest(id: str, known: Iterable[str]) -> str:
    near = get_close_matches(id, list(known), n=1)
    return f'write "{near[0]}"' if near else "correct the id"
