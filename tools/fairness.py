"""Could a shortcut tell sound posts from unsound ones? This prints the answer.

    python tools/fairness.py

Four questions to the corpus: can a cross-validated logistic regression guess the label from what a
post looks like (who, badge, counts, length, hedging, emoji, capitals, hashtags, disclosure, a study
shown) and from what stands in its comments; do forms A and B look alike; do the forms share claims;
and what d' do simulated learners reach who follow one habit, such as trusting every badge or what
the comments trust?
"""

from __future__ import annotations

import json
import random
import re
import statistics
import sys
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from secondlook import content
from secondlook.scoring import criterion, d_prime

Post = dict[str, Any]

# For each post of a form, who speaks for its claim and who against it, as a person read it. The
# mark says which words were read: who changes a comment reads the post's comments again.
SIDES = Path(__file__).with_name("comment_sides.json")

HEDGES = re.compile(
    r"\b(?:can|may|might|often|some|sometimes|usually|perhaps|could|seems?)\b", re.I
)
STUDY = re.compile(r"\b(?:stud(?:y|ies)|reviews?|trials?)\b", re.I)
CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
NAMES = {"OCD", "ADHD", "PTSD", "CBT", "DBT", "EMDR", "SSRI", "RSD"}
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
CORRECTS = re.compile(
    r"\b(?:no|not|never|nobody|nothing|wrong|actually|though|however|cannot|only)\b|n't\b", re.I
)
CHEERS = re.compile(
    r"\b(?:thank(?:s| you)|finally|at last|love|sav(?:ed|ing)|needed|sold|explains?|sharing)\b",
    re.I,
)
SELLS = re.compile(
    r"\b(?:link|course|app|price|free|cost|cheap(?:er)?|buy(?:ing)?|stock|sells?|selling|paid|ad)\b",
    re.I,
)
PROOF = re.compile(
    r"\b(?:stud(?:y|ies)|reviews?|trials?|test(?:s|ed)?|compared|average|evidence|manual)\b", re.I
)
ADVICE = re.compile(r"\b(?:ask|doctor|talk|tell|adult|trained|therapist|pharmacist)\b", re.I)


def features(post: Post) -> dict[str, float]:
    """What can be seen of a post and its comments without understanding them, as numbers."""
    return {**looks(post), **comment_features(post)}


def looks(post: Post) -> dict[str, float]:
    """What can be seen of a post itself without understanding it, each as a number."""
    creator = content.records("creators")[post["creator"]]
    caption = post["caption"]
    shown = " ".join([caption, *post["beats"]])
    counts = post["counts"]
    return {
        "clinician": creator["kind"] == "clinician",
        "seller": creator["kind"] in ("brand", "coach"),
        "young": creator["kind"] in ("peer", "student-journalist"),
        "badge": bool(creator["licence"]),
        "log views": len(str(counts["views"])) + counts["views"] / 10 ** len(str(counts["views"])),
        "likes a view": counts["likes"] / max(1, counts["views"]),
        "shares a view": counts["shares"] / max(1, counts["views"]),
        "words": len(caption.split()),
        "beats": len(post["beats"]),
        "hedges": len(HEDGES.findall(shown)),
        "emoji": len(EMOJI.findall(caption)),
        "capitals": sum(word not in NAMES for word in CAPITALS.findall(caption)),
        "hashtags": len(post["hashtags"]),
        "disclosed": post["disclosure"] is not None,
        "study shown": bool(STUDY.search(shown)),
    }


def comment_features(post: Post) -> dict[str, float]:
    """What can be seen of the comments without understanding them.

    Comments carry no likes of their own here, so what is counted is how many the post has, how
    many are shown, and the words of assent, doubt, proof, advice and selling in them.
    """
    handle = content.records("creators")[post["creator"]]["handle"]
    comments = post["comments"]
    said = " ".join(one["text"] for one in comments)
    answers = [one["text"].startswith("@") for one in comments]
    outside = " ".join(
        one["text"] for one, answer in zip(comments, answers, strict=True) if not answer
    )
    lengths = [len(one["text"].split()) for one in comments]
    longest = lengths.index(max(lengths))
    return {
        "comments": len(comments),
        "comments a view": post["counts"]["comments"] / max(1, post["counts"]["views"]),
        "words of comments": sum(lengths),
        "longest comment": lengths[longest],
        "longest is an answer": answers[longest],
        "longest comes late": longest / len(comments),
        "answers": sum(answers),
        "creator answers": any(one["who"] == handle for one in comments),
        "questions": said.count("?"),
        "corrections": len(CORRECTS.findall(said)),
        "corrections outside answers": len(CORRECTS.findall(outside)),
        "cheers": len(CHEERS.findall(said)),
        "selling": len(SELLS.findall(said)),
        "proof words": len(PROOF.findall(said)),
        "advice": len(ADVICE.findall(said)),
    }


def plan(post: Post) -> str:
    """What a post shares with its twin: ``p-a07-s`` and ``p-a07-u`` give ``p-a07``."""
    return post["id"][:-2] if post["id"][-2:] in ("-s", "-u") else str(post["id"])


# Twenty posts cannot teach a model thirty features, so looks and comments are also asked alone.
SEEN: dict[str, Callable[[Post], dict[str, float]]] = {
    "looks": looks,
    "comments": comment_features,
    "both": features,
}


def table(posts: Sequence[Post], seen: str = "both") -> list[list[float]]:
    """One row of features a post."""
    return [[float(value) for value in SEEN[seen](post).values()] for post in posts]


def auc(posts: Sequence[Post], seen: str = "both", repeats: int = 10) -> float:
    """Area under the ROC curve of the guess, 5-fold cross-validated, mean of ``repeats`` splits.

    0.5 is a coin toss, 1 means that looks alone give the label away. A sound and an unsound post
    written to the same plan stay in one fold: apart, each would teach the opposite of the other
    and the area would fall far below 0.5, which flatters the corpus.
    """
    rows, labels = table(posts, seen), [post["label"] == "sound" for post in posts]
    plans = [plan(post) for post in posts]
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    found = []
    for seed in range(repeats):
        folds = StratifiedGroupKFold(5, shuffle=True, random_state=seed)
        guess = cross_val_predict(
            model, rows, labels, groups=plans, cv=folds, method="predict_proba"
        )[:, 1]
        found.append(float(roc_auc_score(labels, guess)))
    return statistics.mean(found)


def auc_elsewhere(form: str, seen: str = "both") -> float:
    """Area under the ROC curve on a form of a guess that was learned on all other posts.

    This is what a learner could carry over from the lessons into a test. It asks more of a form
    than ``auc`` does, which has only that form's posts to learn from.
    """
    known = [post for post in content.records("posts").values() if post["set"] != form]
    asked = in_set(form)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    model.fit(table(known, seen), [post["label"] == "sound" for post in known])
    guess = model.predict_proba(table(asked, seen))[:, 1]
    return float(roc_auc_score([post["label"] == "sound" for post in asked], guess))


def shared_claims(first: str, second: str) -> set[str]:
    """Claims that stand in both forms: who has read about them in one knows them in the other."""
    one, two = (
        {key for post in in_set(form) for key in post["claims"]} for form in (first, second)
    )
    return one & two


# --- what the comments say, read by a person ------------------------------------------------------


@cache
def _readings() -> dict[str, Post]:
    read: dict[str, Post] = json.loads(SIDES.read_text(encoding="utf-8"))
    return read


def mark(post: Post) -> str:
    """A mark of a post's comments, the same in any order: it changes when their words change."""
    said = "\n".join(sorted(one["text"] for one in post["comments"]))
    return f"{zlib.crc32(said.encode()):08x}"


def side(post: Post, who: str) -> int:
    """1 if that commenter speaks for the post's claim, -1 if against it, rightly or not; else 0."""
    read = _readings()[post["id"]]
    return int(who in read["for"]) - int(who in read["against"])


def sides(post: Post) -> list[int]:
    """The sides of a post's comments, in the order in which they stand."""
    return [side(post, one["who"]) for one in post["comments"]]


def _longest(post: Post) -> int:
    return side(post, max(post["comments"], key=lambda one: len(one["text"].split()))["who"])


def _taken(said: Sequence[int]) -> bool:
    """Whether the first who takes a side speaks for the post; nobody does: trust it."""
    return next((one for one in said if one), 1) > 0


def gaps(a: Sequence[Post], b: Sequence[Post]) -> dict[str, float]:
    """How far two forms lie apart in each feature and in difficulty, in standard deviations."""
    out = {}
    names = [*features(a[0]), "difficulty"]
    for at, name in enumerate(names):
        pair = [
            [float(post["difficulty"]) if name == "difficulty" else row[at]
             for post, row in zip(form, table(form), strict=True)]
            for form in (a, b)
        ]  # fmt: skip
        spread = statistics.pstdev(pair[0] + pair[1])
        gap = statistics.mean(pair[0]) - statistics.mean(pair[1])
        out[name] = gap / spread if spread else 0.0
    return out


def learners(posts: Sequence[Post]) -> dict[str, Callable[[Post], bool]]:
    """Simulated learners: each says whether it trusts a post."""
    middle = statistics.median(post["counts"]["views"] for post in posts)
    coin = random.Random(0)
    tosses = {post["id"]: coin.random() < 0.5 for post in sorted(posts, key=lambda one: one["id"])}
    hedged = statistics.median(features(post)["hedges"] for post in posts)
    return {
        "always trusts": lambda _post: True,
        "never trusts": lambda _post: False,
        "trusts badges": lambda post: bool(features(post)["badge"]),
        "trusts popular": lambda post: post["counts"]["views"] > middle,
        "trusts hedging": lambda post: features(post)["hedges"] > hedged,
        "tosses a coin": lambda post: tosses[post["id"]],
        "trusts what most comments trust": lambda post: sum(sides(post)) > 0,
        "doubts what most comments doubt": lambda post: sum(sides(post)) >= 0,
        "doubts what any comment doubts": lambda post: -1 not in sides(post),
        "follows the longest comment": lambda post: _longest(post) > 0,
        "follows the first comment": lambda post: _taken(sides(post)),
        "follows the last comment": lambda post: _taken(sides(post)[::-1]),
        "ideal": lambda post: post["label"] == "sound",
    }


def discernment(posts: Sequence[Post], trusts: Callable[[Post], bool]) -> tuple[float, float]:
    """Discernment d' and bias c (log-linear) of a simulated learner."""
    sound = [post for post in posts if post["label"] == "sound"]
    unsound = [post for post in posts if post["label"] == "unsound"]
    counts = (sum(map(trusts, sound)), len(sound), sum(map(trusts, unsound)), len(unsound))
    return d_prime(*counts), criterion(*counts)


def in_set(name: str | None) -> list[Post]:
    """The posts of a form, ``a``, ``b`` or ``c``; None gives those for lessons and practice."""
    return [post for post in content.records("posts").values() if post.get("set") == name]


def main() -> int:
    """Prints the figures."""
    everything = list(content.records("posts").values())
    for name, posts in [*[(f"form {one}", in_set(one)) for one in "abc"], ("all", everything)]:
        kinds = [
            f"{sum(p['label'] == label and (features(p)['clinician'] == clinician) for p in posts)}"
            for clinician in (True, False)
            for label in ("sound", "unsound")
        ]
        print(f"{name:<7} {len(posts):>3} posts; clinicians {kinds[0]}+{kinds[1]}, "
              f"others {kinds[2]}+{kinds[3]} (sound+unsound)")  # fmt: skip
        figures = [f"{seen} {auc(posts, seen):.2f}" for seen in SEEN]
        print("    AUC:", ", ".join(figures))
        if name != "all":
            figures = [f"{seen} {auc_elsewhere(name[-1], seen):.2f}" for seen in SEEN]
            print("    AUC, learned on all other posts:", ", ".join(figures))
    for one, two in ("ab", "ac", "bc"):
        shared = ", ".join(sorted(shared_claims(one, two))) or "none"
        print(f"claims in both {one} and {two}: {shared}")
    worst = sorted(gaps(in_set("a"), in_set("b")).items(), key=lambda one: -abs(one[1]))[:4]
    print("forms A and B, largest gaps in SD:", ", ".join(f"{k} {v:+.2f}" for k, v in worst))
    print(f"{'':<32}   d' on a, b, c         c on a, b, c")
    for name in learners(in_set("a")):
        found = [discernment(in_set(form), learners(in_set(form))[name]) for form in "abc"]
        print(
            f"{name:<32}", *(f"{d:+.2f}" for d, _ in found), "  ", *(f"{c:+.2f}" for _, c in found)
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
