"""The reports as somebody would have them who has read only some, or read them only up to a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from knowledge.model import Claim, Copy, Excerpt, Report


def restricted_to(reports: tuple[Report, ...], source_ids: Collection[str]) -> tuple[Report, ...]:
    """These reports only, with the claims that they carry; a copied claim stands in the first of them that has it.

    Their relations are left out: where a claim has moved, its relations are no longer those inside one report.
    """
    everything = [(report.source.id, claim) for report in reports for claim in report.claims]
    placed = [found for home, claim in everything if (found := _placed(home, claim, source_ids))]
    return tuple(_edition(report, placed) for report in reports if report.source.id in source_ids)


def _edition(report: Report, placed: list[tuple[str, Claim]]) -> Report:
    claims = [claim for home, claim in placed if home == report.source.id]
    kept = {claim.id for claim in claims}
    summary = [id for id in report.summary if id in kept]
    return report.model_copy(update={"claims": claims, "relations": [], "summary": summary})


def _placed(home: str, claim: Claim, source_ids: Collection[str]) -> tuple[str, Claim] | None:
    """A claim in the first of these reports that carries it, with the words and the time that it has there."""
    if home in source_ids:
        return home, claim.model_copy(update={"also_in": list(_among(claim, source_ids))})
    copies = list(_among(claim, source_ids))
    if not copies:
        return None
    first, *rest = copies
    excerpt = Excerpt(text=first.text)
    verification = claim.verification.model_copy(update={"at": None})  # that sentence is not in this report
    update = {"excerpt": excerpt, "as_of": first.as_of, "also_in": rest, "verification": verification}
    return first.source, claim.model_copy(update=update)


def _among(claim: Claim, source_ids: Collection[str]) -> Iterator[Copy]:
    return (copy for copy in claim.also_in if copy.source in source_ids)
