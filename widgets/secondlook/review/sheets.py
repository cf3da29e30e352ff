"""The sheets of two blind raters: written for a spreadsheet program, and read back from it.

A sheet shows a post as a learner sees it, or a claim, and nothing that gives our verdict away:
no label, reason, tactic or comment, no id (some tell the label), and an order of its own. The code
of an item is made from its id and its text, so that a sheet of yesterday's wording is noticed.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from secondlook import content
from secondlook.called import command
from secondlook.checks import DataError, Problem, show_value
from secondlook.own_posts import files
from secondlook.reading import decode, refusal

RATERS = ("1", "2")
FILLED = ("verdict", "sure", "note")
COLUMNS = ("rater", "code", "kind", "who", "on_screen", "text", "paid", *FILLED)
SURE = ("1", "2", "3")
COPIED = 20  # so many answers alike, in one order, notes too: no two raters work like that
NOTE = 500  # characters; a note is a sentence or two
_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
READ_FIRST = "read_me_first.txt"


@dataclass(frozen=True)
class Item:
    """A post or a claim: what a rater sees of it, and our verdict."""

    kind: str
    id: str
    who: str
    on_screen: str
    text: str
    paid: str
    ours: str

    @property
    def code(self) -> str:
        """Ten letters that say nothing; they change when the id or the words change.

        Letters alone, and no vowels: a spreadsheet would turn ``00123e45`` into a number.
        """
        said = "\n".join((self.kind, self.id, self.who, self.on_screen, self.text, self.paid))
        return hashlib.sha256(said.encode()).hexdigest()[:10].translate(_LETTERS)


@dataclass(frozen=True)
class Answer:
    """What a rater has said of an item."""

    verdict: str
    sure: str
    note: str


def words() -> dict[str, list[str]]:
    """The verdicts that a rater may give, by kind of item, as the schemas have them."""
    posts, claims = (
        content.record_shapes(name).schema["definitions"] for name in ("posts", "claims")
    )
    return {
        "post": posts["post"]["properties"]["label"]["enum"],
        "claim": claims["claim"]["properties"]["verdict"]["enum"],
    }


def items() -> dict[str, Item]:
    """Every post and claim of the course by its code."""
    found = []
    for post in map(content.fill, content.records("posts").values()):
        creator = content.record("creators", post["creator"])
        tags = " ".join(f"#{tag}" for tag in post["hashtags"])
        found.append(Item("post", post["id"], creator["role"], " / ".join(post["beats"]),
                          f"{post['caption']} {tags}".strip(), post["disclosure"] or "",
                          post["label"]))  # fmt: skip
    for claim in map(content.fill, content.records("claims").values()):
        found.append(Item("claim", claim["id"], "", "", claim["claim"], "", claim["verdict"]))
    return {one.code: one for one in found}


# --- writing --------------------------------------------------------------------------------------


def name(rater: str) -> str:
    """The file of a rater."""
    return f"rater_{rater}.csv"


def write(folder: Path, seed: int = 0) -> list[str]:
    """Write a sheet for each rater, and how to fill it in.

    Arguments:
        folder: made if needed. What stands there already is never written over.
        seed: decides the order of the items; each rater has another.

    Returns:
        The names of the files.

    Raises:
        DataError: there is a sheet already.
        OSError: the folder cannot be written.
    """
    texts = {name(rater): _sheet(rater, seed) for rater in RATERS}
    texts[READ_FIRST] = instructions()
    folder.mkdir(parents=True, exist_ok=True)
    if there := [one for one in texts if (folder / one).exists()]:
        raise refusal(f"{folder.name}/{there[0]}", "a file that is there already",
                      "a folder without sheets", "somebody may have filled it in: "
                      "choose another folder")  # fmt: skip
    for file, text in texts.items():
        # The mark in front is how Excel knows that a CSV is UTF-8; LibreOffice takes it as well.
        (folder / file).write_bytes(text.encode("utf-8-sig"))
    return list(texts)


def _sheet(rater: str, seed: int) -> str:
    known = list(items().values())
    random.Random(f"{seed}-{rater}").shuffle(known)
    known.sort(key=lambda one: one.kind == "claim")  # one set of words, then the other
    rows = [
        [rater, one.code, one.kind, one.who, one.on_screen, one.text, one.paid, "", "", ""]
        for one in known
    ]
    return table([list(COLUMNS), *rows])


def table(rows: list[list[str]]) -> str:
    """Rows as CSV in which no spreadsheet program finds a formula."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[harmless(cell) for cell in row] for row in rows])
    return text.getvalue()


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows as it is: a formula gets an apostrophe in front."""
    return f"'{cell}" if files.is_formula(cell) or cell.startswith(("\t", "\r")) else cell


MEANING = {
    "sound": "what it says is fair, as far as it goes, for the people it speaks to",
    "unsound": "something in it is wrong, too big, or left out in a way that misleads",
    "supported": "good evidence says so",
    "mostly-supported": "good evidence says nearly so, or says so with a limit",
    "overgeneralised": "true of some, told as if it were true of all or of nothing else",
    "misleading": "a true part leads to a wrong whole, or the main thing is left out",
    "false": "good evidence says otherwise",
    "no-good-evidence": "nobody has shown it, or only badly",
    "not-checkable": "a story, a taste or a view that no evidence could settle",
}


def instructions() -> str:
    """What a rater reads before the first row."""
    allowed = {
        kind: "\n".join(f"  {word:<18}{MEANING[word]}" for word in known)
        for kind, known in words().items()
    }
    return f"""Thank you for rating posts and claims for Second Look.

All posts are invented. Each rater has a sheet: {" and ".join(map(name, RATERS))}. Open yours in
Excel, LibreOffice or another spreadsheet program (if it asks: UTF-8, separated by commas).

BEFORE YOU ARE DONE, please do not look into the course or its data, and do not talk with the other
rater. You may look anything up, as you would at work. There is no quota of any verdict.

Fill in three columns and leave the others as they are. You may sort the rows.

verdict, for a post (column kind: post). Judge what it tells people, not its tone or its sender.
{allowed["post"]}

verdict, for a claim (column kind: claim). Judge the sentence as it stands.
{allowed["claim"]}

sure (may stay empty): 1 a guess, 2 fairly sure, 3 sure.

note (may stay empty): a sentence or two, such as what you would change. Please begin it with a
word: a cell that begins with = + - or @ is taken for a formula.

Leave the verdict empty where you cannot or do not want to judge. Save the sheet as CSV under its
own name ("CSV UTF-8"). Your name is not needed anywhere.
"""


# --- reading --------------------------------------------------------------------------------------


def read(folder: Path) -> list[dict[str, Answer]]:
    """The verdicts of the two raters, by code; an item without a verdict is not among them.

    Arguments:
        folder: where the two sheets are.

    Raises:
        DataError: a sheet cannot be used; every problem of both is told.
    """
    if not folder.is_dir():
        raise refusal(str(folder), "no such folder", "a folder with two sheets",
                      f"“{command('review', 'write')}” makes one")  # fmt: skip
    known = items()
    answers: list[dict[str, Answer]] = []
    problems: list[Problem] = []
    for rater in RATERS:
        try:
            answers.append(_read(folder, rater, known))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    one, two = (list(each.items()) for each in answers)
    if one == two and len(one) >= COPIED:
        raise refusal(f"{folder.name}/{name(RATERS[1])}", "the same answers in the same order",
                      "the sheet of another rater", "is it a copy of the first sheet?")  # fmt: skip
    return answers


def _read(folder: Path, rater: str, known: dict[str, Item]) -> dict[str, Answer]:
    path, file = folder / name(rater), f"{folder.name}/{name(rater)}"
    if not path.exists():
        there = {one.name for one in folder.iterdir()} - {*map(name, RATERS)}
        near = difflib.get_close_matches(name(rater), sorted(there), n=1)
        raise refusal(file, "no such file", f"the sheet of rater {rater}",
                      f"is {near[0]} meant? save it as CSV under the name {name(rater)}"
                      if near else f"“{command('review', 'write')}” makes one")  # fmt: skip
    lines = files.rows_of(decode(files.contents(path, file), file, mark=True), file)
    heads = _heads(next(lines)[1], file)
    answers: dict[str, Answer] = {}
    first: dict[str, str] = {}
    problems: list[Problem] = []
    for number, cells in lines:
        if not any(cells):
            continue  # spreadsheets leave empty rows behind
        row = {head: cell for head, cell in zip(heads, cells, strict=False) if head}
        item = f"row {number}"
        found = list(_wrong(row, len(cells) - len(heads), rater, known, file, item))
        code = row.get("code", "")
        if not found and code in first:
            found = [Problem(file, item, "code", show_value(code),
                             f"each item once; {first[code]} has it too",
                             "take one of the two rows out")]  # fmt: skip
        first.setdefault(code, item)
        problems += found
        if not found and (verdict := plain(row["verdict"])):
            answers[code] = Answer(verdict, row.get("sure", ""), row.get("note", ""))
    if not problems and not first:
        raise refusal(file, "no row under the heads", "the rows that were written",
                      "take an earlier copy of the sheet")  # fmt: skip
    if not problems and not answers:
        raise refusal(file, "no verdict", "a sheet that somebody filled in",
                      "was it saved after it was filled in?")  # fmt: skip
    if problems:
        raise DataError(problems)
    return answers


def plain(word: str) -> str:
    """A verdict as the course spells it: ``Mostly supported`` is ``mostly-supported``."""
    return "-".join(word.casefold().replace("_", " ").replace("-", " ").split())


def _heads(cells: list[str], file: str) -> list[str]:
    heads = [one.casefold() for one in cells]
    problems = [
        Problem(file, "row 1", head, "no such column", "this column is required",
                "the heads stand in the first row: " + ", ".join(COLUMNS))
        for head in ("rater", "code", "verdict")
        if head not in heads
    ] + [
        Problem(file, "row 1", head, f"the column {heads.count(head)} times", "each column once",
                "take one of them out")
        for head in dict.fromkeys(heads)
        if head and heads.count(head) > 1
    ]  # fmt: skip
    if problems:
        raise DataError(problems)
    return heads


def _wrong(
    row: dict[str, str], more: int, rater: str, known: dict[str, Item], file: str, item: str
) -> Iterator[Problem]:
    """What is wrong with a row, as far as it can be seen from the row alone."""
    if more:
        few = "more" if more > 0 else "fewer"
        yield Problem(file, item, "-", f"{abs(more)} cells {few} than heads", "a cell a head",
                      "save it from the spreadsheet program again, as CSV UTF-8")  # fmt: skip
        return
    for head in FILLED:
        if files.is_formula(row.get(head, "")):
            yield Problem(file, item, head, show_value(row[head]),
                          "a text that does not begin with =, +, - or @",
                          "a spreadsheet would run it as a formula: begin with a word")  # fmt: skip
    if row["rater"] != rater:
        same = row["rater"] in RATERS
        yield Problem(file, item, "rater", show_value(row["rater"]), rater,
                      f"this is the sheet of rater {row['rater']}: is it here twice?" if same
                      else "the numbers of the raters stay as they were written")  # fmt: skip
        return
    if row["code"] not in known:
        yield Problem(file, item, "code", show_value(row["code"]), "a post or claim of the course",
                      "its wording has changed since the sheet was written, or the cell has: "
                      "write new sheets, or take the row out")  # fmt: skip
        return
    yield from _cells(row, known[row["code"]].kind, file, item)


def _cells(row: dict[str, str], kind: str, file: str, item: str) -> Iterator[Problem]:
    """What is wrong with the cells that a rater has filled in."""
    allowed = words()
    verdict = plain(row["verdict"])
    if verdict and verdict not in allowed[kind] and not files.is_formula(row["verdict"]):
        near = difflib.get_close_matches(verdict, allowed[kind], n=1)
        other = [each for each, some in allowed.items() if verdict in some]
        hint = f"that is a word for a {other[0]}" if other else "the words stand in " + READ_FIRST
        yield Problem(file, item, "verdict", show_value(row["verdict"]),
                      "one of " + ", ".join(allowed[kind]),
                      f"did you mean {near[0]}?" if near else hint)  # fmt: skip
    sure = row.get("sure", "")
    if sure and sure not in SURE and not files.is_formula(sure):
        yield Problem(file, item, "sure", show_value(sure), "1, 2, 3 or nothing",
                      "1 is a guess, 3 is sure")  # fmt: skip
    if len(row.get("note", "")) > NOTE:
        yield Problem(file, item, "note", f"{len(row['note'])} characters",
                      f"at most {NOTE} characters", "say more in a letter beside it")  # fmt: skip
