"""Could a shortcut tell sound posts from unsound ones? This prints the answer.

    python tools/fairness.py

Three questions to the corpus: can a cross-validated logistic regression guess the label from what a
post looks like (who, badge, counts, length, hedging, emoji, capitals, hashtags, disclosure, a study
shown); do forms A and B look alike; and what d' do simulated learners reach who follow one habit,
such as trusting every badge?
"""

from __future__ import annotations

import random
import re
import statistics
import sys
from collections.abc import Callable, Sequence
from typing import Any

from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from secondlook import content
from secondlook.scoring import criterion, d_prime

Post = dict[str, Any]

HEDGES = re.compile(
    r"\b(?:can|may|might|often|some|sometimes|usually|perhaps|could|seems?)\b", re.I
)
STUDY = re.compile(r"\b(?:stud(?:y|ies)|reviews?|trials?)\b", re.I)
CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
NAMES = {"OCD", "ADHD", "PTSD", "CBT", "DBT", "EMDR", "SSRI", "RSD"}
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")


def features(post: Post) -> dict[str, float]:
    """What can be seen of a post without understanding it, each as a number."""
    creator = content.records("creators")[post["creator"]]
    caption = post["caption"]
    shown = " ".join([caption, *post["beats"]])
    counts = post["counts"]
    return {
        "clinician": creator["kind"] == "clinician",
        "badge": bool(creator["licence"]),
        "log views": len(str(counts["views"])) + counts["views"] / 10 ** len(str(counts["views"])),
        "likes a view": counts["likes"] / max(1, counts["views"]),
        "words": len(caption.split()),
        "beats": len(post["beats"]),
        "hedges": len(HEDGES.findall(shown)),
        "emoji": len(EMOJI.findall(caption)),
        "capitals": sum(word not in NAMES for word in CAPITALS.findall(caption)),
        "hashtags": len(post["hashtags"]),
        "disclosed": post["disclosure"] is not None,
        "study shown": bool(STUDY.search(shown)),
        "comments": len(post["comments"]),
    }


def plan(post: Post) -> str:
    """What a post shares with its twin: ``p-a07-s`` and ``p-a07-u`` give ``p-a07``."""
    return post["id"][:-2] if post["id"][-2:] in ("-s", "-u") else str(post["id"])


def table(posts: Sequence[Post]) -> list[list[float]]:
    """One row of features a post."""
    return [[float(value) for value in features(post).values()] for post in posts]


def auc(posts: Sequence[Post], repeats: int = 20) -> float:
    """Area under the ROC curve of the guess, 5-fold cross-validated, mean of ``repeats`` splits.

    0.5 is a coin toss, 1 means that looks alone give the label away. A sound and an unsound post
    written to the same plan stay in one fold: apart, each would teach the opposite of the other
    and the area would fall far below 0.5, which flatters the corpus.
    """
    rows, labels = table(posts), [post["label"] == "sound" for post in posts]
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
              f"others {kinds[2]}+{kinds[3]} (sound+unsound); AUC {auc(posts):.2f}")  # fmt: skip
    worst = sorted(gaps(in_set("a"), in_set("b")).items(), key=lambda one: -abs(one[1]))[:4]
    print("forms A and B, largest gaps in SD:", ", ".join(f"{k} {v:+.2f}" for k, v in worst))
    for name in learners(in_set("a")):
        (d_a, c_a), (d_b, c_b) = (
            discernment(in_set(form), learners(in_set(form))[name]) for form in "ab"
        )
        print(f"{name:<15} d' {d_a:+.2f} {d_b:+.2f}   c {c_a:+.2f} {c_b:+.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
