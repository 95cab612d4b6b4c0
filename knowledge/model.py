"""The records of the fact store, as the field names them: source, claim, attribution, relation, gap, name, facet."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, StringConstraints

from knowledge.dates import DAY_PARTS, DayPart, Edtf, span

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Place = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]  # "4.2": paragraph 4, sentence 2
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?$")]
Wording = dict[Language, Text]

Bound = Literal[
    "exactly", "about", "at least", "at most", "almost", "more than", "within", "several", "dozens", "scores"
]  # fmt: skip
Status = Literal["stated", "unverified", "denied", "contradicted", "uncommented"]
RelationKind = Literal["denies", "conflicts", "differs", "supports", "updates", "corrects"]
NameKind = Literal["person", "group", "place"]
FacetKind = Literal["topic", "population", "object", "time"]
SourceKind = Literal["wire", "newspaper", "broadcaster", "aggregator", "official"]
# Where a report's title was read: on its page, out of its web address, or nowhere, so that it is only described.
TitleBasis = Literal["page", "address", "described"]
Undated = Literal["none given", "not seen"]  # the report has no date, or none was seen of it
# How a facet behaves in a question. speech: said, not done; deed: done to somebody; decisive: a claim about another
# deed does not answer it; done: has one doer; people: its count is a count of people; backdrop: everything here is
# about it; party: one of the sides; setting: asks for no part of the matter; dated: another time is another matter;
# named: a proper name before it makes it another thing ("Adiala jail").
Trait = Literal[
    "speech", "deed", "decisive", "done", "people", "backdrop", "party", "setting", "dated", "named", "outcome"
]  # fmt: skip

# A bound that is a word of quantity by itself and so carries no number.
WORD_BOUNDS: frozenset[Bound] = frozenset({"several", "dozens", "scores"})


class Record(BaseModel):
    """One frozen row of the store that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Excerpt(Record):
    """At most 15 words copied letter by letter from a report, with where they stand in it as far as that is known."""

    text: Text
    at: Place | None = None


class AsOf(Record):
    """The time that a claim holds for or was made at, as sharp as its source gives it."""

    date: Edtf
    part: DayPart | None = None  # of that day

    @property
    def order(self) -> tuple[str, int]:
        """What sorts earlier before later; a whole day stands after its parts."""
        return span(self.date)[1].isoformat(), DAY_PARTS.index(self.part) if self.part else len(DAY_PARTS)

    def precedes(self, other: AsOf) -> bool:
        """Whether it is sure to lie before another time: a whole day may be any hour of it."""
        if self.part and other.part and self.date == other.date:
            return self.order < other.order
        return span(self.date)[1] < span(other.date)[0]


class Copy(Record):
    """Another report that carries the same claim, with its own words for it and the time that it gives."""

    source: Slug
    text: Text
    as_of: AsOf | None = None


class Quantity(Record):
    """How many of what a claim speaks of, with its bound; no number where the bound is a word such as "dozens"."""

    number: int | None = Field(default=None, ge=0)
    bound: Bound = "exactly"
    of: Slug  # the facet that is counted: civilians, city, hour ...


class Attribution(Record):
    """Who a source says a claim comes from; a null speaker means that the source says it in its own voice."""

    speaker: Slug | None = None
    manner: Text | None = None  # "in a statement", "reportedly": as the source puts it


class Verification(Record):
    """How far a claim has been checked, by whom, and where the source says so."""

    status: Status = "stated"
    by: Slug | None = None
    at: Place | None = None


class Claim(Record):
    """One statement that a source attributes to a speaker, or makes in its own voice.

    `says` is a sentence where the source speaks, and what follows the speaker's name ("says that ...") where
    somebody is quoted, so that the words cannot stand without their claimant. Figures are marked: *31*.
    """

    id: Slug
    says: Wording
    excerpt: Excerpt
    topic: Slug
    actor: Slug | None = None  # who did it: a name or a population
    population: list[Slug] = []  # to whom
    place: list[Slug] = []
    time: Slug | None = None
    as_of: AsOf | None = None
    quantities: list[Quantity] = []  # the one that the claim is about first
    attribution: Attribution = Attribution()
    verification: Verification = Verification()
    gives_reason: bool = False  # whether it answers "why"
    about: list[Slug] = []  # further facets and names that it speaks of
    also_in: list[Copy] = []
    asked: list[Text] = Field(min_length=3)  # questions that it answers


class Relation(Record):
    """Two claims that speak for, against or after each other; an answer that gives one names the other."""

    kind: RelationKind
    a: Slug
    b: Slug
    about: Wording | None = None


class Gap(Record):
    """Something people ask that a report is silent on, so that the silence can be named."""

    id: Slug
    says: Wording  # what is not reported, as a noun: "the number of wounded people"
    facets: list[Slug] = Field(min_length=1)  # a question about all of these asks for the gap
    counted: bool = False  # only where it asks how many
    asked: list[Text] = Field(min_length=1)


class Source(Record):
    """One published report.

    Reports that relay the same body count as one witness, and so do those of one outlet.
    """

    id: Slug
    title: Text
    title_basis: TitleBasis = "page"
    publisher: Text
    outlet: Slug | None = None  # the name of the publisher, where people ask for it
    kind: SourceKind
    url: HttpUrl
    language: Language = "en"
    published: Edtf | None = None
    undated: Undated | None = None  # why there is no date
    relays: Slug | None = None  # whose reporting or statement it passes on
    note: Text | None = None


class Report(Record):
    """One source with its claims, the relations inside it and what it is silent on."""

    source: Source
    summary: list[Slug] = []  # the claims that a short account must hold, in order
    claims: list[Claim] = []  # none where it only carries claims of others
    relations: list[Relation] = []
    gaps: list[Gap] = []


class Coordinates(Record):
    """Where a place lies, in degrees north and east (WGS 84)."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class Name(Record):
    """A person, group or place: how answers write it, and how people spell it."""

    id: Slug
    kind: NameKind
    label: Wording
    role: Wording = {}  # "chief minister of Balochistan"
    spellings: dict[Language, list[Text]] = {}
    part_of: list[Slug] = []  # the place around a place; the body that a person or group speaks for
    kind_of: list[Slug] = []  # the population that a person or group belongs to: residents, police ...
    coordinates: Coordinates | None = None


class Facet(Record):
    """A value that claims and questions share: a topic, a population, an object or a time."""

    id: Slug
    kind: FacetKind
    kind_of: list[Slug] = []  # police are security personnel
    traits: list[Trait] = []
    asked_by: Text | None = None  # the question word that asks for this topic by itself: "since when?"
    contrary: list[Slug] = []  # calm and ongoing fighting speak of the same thing, the other way round


class NamesFile(Record):
    """The file names.yml."""

    names: list[Name]


class FacetsFile(Record):
    """The file facets.yml."""

    facets: list[Facet]


class RelationsFile(Record):
    """The file relations.yml: relations between claims of different reports."""

    relations: list[Relation]


class WordingFile(Record):
    """The file wording.yml: the words that the checks of statements need, per language."""

    speech_verbs: dict[Language, list[Text]]  # what a quoted statement begins with: "says", "نے … تردید کی"
    loaded_words: dict[Language, list[Text]]  # stand only in excerpts and titles
    exempt_names: dict[Language, list[Text]] = {}  # offices and groups that have such a word in their name
    number_words: dict[Language, list[Text]]  # zero, one, two ... in order
    bound_words: dict[Language, dict[Bound, list[Text]]]  # how a statement words each bound
