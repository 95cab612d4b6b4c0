"""One claim told as a person would read it: who says it, where it stands, how far it is verified, who disagrees."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.model import AsOf, Claim, Excerpt, Relation, Source
from knowledge.store import FactStore

_VERIFIED = {
    "stated": "nobody in the store speaks against it",
    "unverified": "not independently verified by {}",
    "denied": "denied by {}",
    "contradicted": "contradicted by {}",
    "uncommented": "not commented on by {}",
}
_RELATED = {  # as seen from the first claim of a relation, and from the second
    "denies": ("denies", "is denied by"),
    "conflicts": ("conflicts with", "conflicts with"),
    "differs": ("differs from", "differs from"),
    "supports": ("supports", "is supported by"),
    "updates": ("updates", "is updated by"),
    "corrects": ("corrects", "is corrected by"),
}


def tell(store: FactStore, claim_id: str) -> str:
    """A claim in full, several lines of plain text; raises `UnknownId`."""
    claim, source = store.claim(claim_id), store.source_of(claim_id)
    lines = [
        statement(store, claim),
        f"  claim:        {claim.id}",
        f"  said by:      {_voice(store, claim)}",
        f"  source:       {_cited(source)}",
        f"  excerpt:      {_quoted(claim.excerpt)}",
        *(f'  also in:      {_cited(store.source(copy.source))}: "{copy.text}"' for copy in claim.also_in),
        *([f"  as of:        {_timed(as_of)}"] if (as_of := store.as_of(claim_id)) else []),
        f"  verification: {_verified(store, claim)}",
        *(line for relation in store.relations_of(claim_id) for line in _related(store, claim_id, relation)),
    ]
    return "\n".join(lines)


def statement(store: FactStore, claim: Claim) -> str:
    """What is claimed, in English, as one sentence that begins with whoever claims it."""
    says = claim.says["en"].replace("*", "")
    speaker = claim.attribution.speaker
    if speaker is None:
        return f"{says}."
    name = store.name(speaker)
    role = f", {name.role['en']}," if "en" in name.role else ""
    return f"{name.label['en']}{role} {says}."


def _voice(store: FactStore, claim: Claim) -> str:
    speaker, manner = claim.attribution.speaker, claim.attribution.manner
    who = store.name(speaker).label["en"] if speaker else "the report in its own voice; it names nobody"
    return f'{who} ("{manner}")' if manner else who


def _quoted(excerpt: Excerpt) -> str:
    if excerpt.at is None:
        return f'"{excerpt.text}" (where in the report, is not known)'
    paragraph, sentence = excerpt.at.split(".")
    return f'"{excerpt.text}" (paragraph {paragraph}, sentence {sentence})'


def _timed(as_of: AsOf) -> str:
    return f"{as_of.date}, {as_of.part}" if as_of.part else as_of.date


def _cited(source: Source) -> str:
    date = source.published or ("no date seen" if source.undated == "not seen" else "no date given")
    return f'{source.publisher}, "{source.title}" ({date}), {source.url}'


def _verified(store: FactStore, claim: Claim) -> str:
    verification = claim.verification
    by = store.name(verification.by).label["en"] if verification.by else "anybody"
    return _VERIFIED[verification.status].format(by) + (f" ({verification.at})" if verification.at else "")


def _related(store: FactStore, claim_id: str, relation: Relation) -> Iterator[str]:
    first = relation.a == claim_id
    other = store.claim(relation.b if first else relation.a)
    about = f" ({relation.about['en']})" if relation.about else ""
    yield f"  {_RELATED[relation.kind][0 if first else 1]} {other.id}{about}:"
    yield f"    {statement(store, other)}"
