"""The glossary: in order, in plain words, and no term of art in tables or lessons without an entry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
import textstat

from secondlook import content, safety

# Terms of art, as they may stand in a text. Each that a learner can meet needs an entry.
TERMS = {
    "abstract": r"\babstract\b",
    "ad network": r"\bad networks?\b",
    "ADHD": r"\bADHD\b",
    "anecdote": r"\banecdot",
    "anxiety": r"\banxiety\b",
    "association": r"\bassociat(?:ion|ed with)\b",
    "audit": r"\baudit",
    "autism": r"\bautis",
    "average": r"\baverage",
    "base rate": r"\bbase rates?\b",
    "CBT": r"\bCBT\b",
    "clinician": r"\bclinicians?\b",
    "Cohen's d": r"\bCohen's d\b",
    "confounder": r"\bconfound",
    "control group": r"\bcontrol (?:group|condition)s?\b",
    "credential": r"\bcredentials?\b",
    "cut-off": r"\bcut-?offs?\b",
    "data broker": r"\bdata brokers?\b",
    "depression": r"\bdepress",
    "diagnosis": r"\bdiagnos",
    "disclosure": r"\bdisclosures?\b",
    "dissociative identity disorder": r"\bdissociative identity\b",
    "engagement": r"\bengagement\b",
    "false alarm": r"\bfalse (?:alarm|positive)s?\b",
    "guideline": r"\bguidelines?\b",
    "hashtag": r"\bhashtags?\b",
    "lived experience": r"\blived experience\b",
    "mean": r"\bmean (?:views|likes|of)\b|^mean$",
    "median": r"\bmedians?\b",
    "meta-analysis": r"\bmeta-?analys",
    "nocebo effect": r"\bnocebo\b",
    "OCD": r"\bOCD\b",
    "overgeneralise": r"\bovergeneralis",
    "peer review": r"\bpeer[- ]review",
    "percentage point": r"\bpercentage points?\b",
    "percentile": r"\bpercentiles?\b",
    "placebo": r"\bplacebos?\b",
    "preprint": r"\bpreprints?\b",
    "prevalence": r"\bprevalence\b",
    "PTSD": r"\bPTSD\b",
    "recommender": r"\brecommender",
    "regulator": r"\bregulators?\b",
    "reliable difference": r"\breliable (?:difference|change)s?\b",
    "response rate": r"\bresponse rates?\b",
    "screening": r"\bscreening\b",
    "sensitivity": r"\bsensitivity\b",
    "settlement": r"\bsettlements?\b",
    "specificity": r"\bspecificity\b",
    "still face": r"\bstill[- ]face\b",
    "survey": r"\bsurveys?\b",
    "weighted": r"\bweighted\b",
}


def terms() -> list[dict[str, str]]:
    return content.read_json("glossary.json")["terms"]


def texts() -> Iterator[str]:
    """What learners read: lessons, activities, posts and claims, and the tables of studies."""
    data = content.data_dir()
    for path in sorted((data / "activities").glob("*.json")):
        yield from (text for _, text in safety.strings_of_json(json.loads(path.read_text("utf-8"))))
    for path in sorted(content.lessons_dir().glob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                yield "".join(cell["source"])
    for name in ("posts", "claims"):
        for record in content.records(name).values():
            yield from (text for _, text in safety.strings_of_json(record))
    for path in sorted((data / "studies").glob("*.csv")):
        yield from path.read_text("utf-8").splitlines()[0].replace("_", " ").split(",")
        yield path.read_text("utf-8")
    yield from (path.read_text("utf-8") for path in sorted((data / "studies").glob("*.md")))


def unexplained(known: set[str]) -> set[str]:
    everything = list(texts())
    return {
        term
        for term, pattern in TERMS.items()
        if term not in known
        and any(re.search(pattern, text, re.IGNORECASE | re.MULTILINE) for text in everything)
    }


def test_every_term_of_art_that_is_used_is_explained():
    assert unexplained({one["term"] for one in terms()}) == set()


@pytest.mark.parametrize("term", ["median", "sensitivity", "diagnosis", "still face"])
def test_a_term_without_an_entry_is_seen(term):
    assert unexplained({one["term"] for one in terms()} - {term}) == {term}


def test_it_fits_its_schema():
    shapes = content.record_shapes("glossary")
    assert shapes.problems("file", content.read_json("glossary.json"), "glossary.json", "x") == []


def test_terms_stand_once_and_in_order():
    names = [one["term"] for one in terms()]
    assert names == sorted(names, key=str.casefold)
    assert len({name.casefold() for name in names}) == len(names)


def test_the_words_are_plain_and_safe():
    plain = "\n".join(one["plain"] for one in terms())
    assert textstat.flesch_kincaid_grade(plain) <= 8
    for one in terms():
        assert [
            each for each in safety.check_text(one["plain"], "x") if each.level == "block"
        ] == []


def test_an_entry_points_only_to_an_entry():
    names = {one["term"] for one in terms()}
    for one in terms():
        for other in re.findall(r"See also: ([^.]+)\.", one["plain"]):
            assert other in names
