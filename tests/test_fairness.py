"""No shortcut tells sound posts from unsound ones, and forms A and B are alike."""

from __future__ import annotations

import copy
import sys
from pathlib import Path

import pytest

from secondlook import content

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
import fairness

FORMS = ("a", "b", "c")
MARGIN = 0.35  # standard deviations; the most that forms A and B may lie apart in any feature
ON_A_FORM, ON_ALL = 0.60, 0.65  # the most that looks may give away, as area under the curve
LEAN = 0.3  # the largest |d'| that a learner with one habit may reach


def test_there_are_forms_and_enough_posts():
    assert [len(fairness.in_set(one)) for one in FORMS] == [20, 20, 20]
    assert len(content.records("posts")) >= 140
    assert len(content.records("claims")) >= 90
    assert len(content.records("creators")) >= 30


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("clinician", [True, False])
def test_half_of_each_side_is_sound(form, clinician):
    posts = [
        post for post in fairness.in_set(form) if fairness.features(post)["clinician"] == clinician
    ]
    labels = [post["label"] for post in posts]
    assert labels.count("sound") == labels.count("unsound") == 5


@pytest.mark.parametrize("seen", fairness.SEEN)
@pytest.mark.parametrize("form", FORMS)
def test_looks_do_not_give_a_form_away(form, seen):
    assert fairness.auc(fairness.in_set(form), seen) <= ON_A_FORM


@pytest.mark.parametrize("seen", fairness.SEEN)
@pytest.mark.parametrize("form", FORMS)
def test_the_other_posts_do_not_teach_the_looks_of_a_form(form, seen):
    assert fairness.auc_elsewhere(form, seen) <= ON_ALL


@pytest.mark.parametrize(("one", "two"), ["ab", "ac", "bc"])
def test_forms_share_no_claim(one, two):
    assert fairness.shared_claims(one, two) == set()


@pytest.mark.parametrize("form", FORMS)
def test_the_comments_of_a_form_have_been_read(form):
    """Whoever changes one reads them again: tools/comment_sides.json, with ``fairness.mark(post)``."""
    for post in fairness.in_set(form):
        read = fairness._readings()[post["id"]]
        assert read["mark"] == fairness.mark(post), post["id"]
        assert {*read["for"], *read["against"]} <= {one["who"] for one in post["comments"]}
        assert not set(read["for"]) & set(read["against"]), post["id"]


@pytest.mark.parametrize("seen", fairness.SEEN)
def test_looks_do_not_give_the_corpus_away(seen):
    assert fairness.auc(list(content.records("posts").values()), seen) <= ON_ALL


def test_forms_a_and_b_are_alike():
    far = {
        name: gap
        for name, gap in fairness.gaps(fairness.in_set("a"), fairness.in_set("b")).items()
        if abs(gap) > MARGIN
    }
    assert far == {}


@pytest.mark.parametrize("form", FORMS)
def test_pairs_share_topic_difficulty_and_role(form):
    by_id = {post["id"]: post for post in fairness.in_set(form)}
    assert set(by_id) == {f"p-{form}{row:02}-{label}" for row in range(1, 11) for label in "su"}
    if form == "b":
        for key, post in by_id.items():
            twin = content.records("posts")[key.replace("p-b", "p-a")]
            creators = content.records("creators")
            assert post["topic"] == twin["topic"], key
            assert post["difficulty"] == twin["difficulty"], key
            assert post["label"] == twin["label"], key
            kinds = {creators[one["creator"]]["kind"] for one in (post, twin)}
            assert len(kinds) == 1, key


NAMED = {
    "always trusts", "never trusts", "trusts badges", "trusts popular", "trusts hedging",
    "tosses a coin", "trusts what most comments trust", "ideal",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_no_single_habit_scores(form):
    posts = fairness.in_set(form)
    assert fairness.learners(posts).keys() >= NAMED
    for name, trusts in fairness.learners(posts).items():
        reached, _ = fairness.discernment(posts, trusts)
        if name == "ideal":
            assert reached > 3
        else:
            assert abs(reached) < LEAN, name


# --- each feature sees what it is named after -----------------------------------------------------


def more(**change):
    return lambda post: post.update(change)


def say(text, who="a.stranger"):
    return lambda post: post["comments"].append({"who": who, "text": text})


def count(name, factor):
    return lambda post: post["counts"].update({name: factor * post["counts"][name]})


def add(field, text):
    return lambda post: post.update({field: post[field] + text})


# p-c05-u is by a licensed counsellor, says what it says with a study, and discloses nothing.
GROWS = {
    "seller": more(creator="hedgerow-mug"),
    "young": more(creator="kofi-wrenshaw"),
    "log views": count("views", 3),
    "likes a view": count("likes", 2),
    "shares a view": count("shares", 2),
    "words": add("caption", " and one more"),
    "beats": lambda post: post["beats"].append("more"),
    "hedges": add("caption", " perhaps"),
    "emoji": add("caption", " 🐌"),
    "capitals": add("caption", " LOUD"),
    "hashtags": lambda post: post["hashtags"].append("more"),
    "disclosed": more(disclosure="Paid partnership"),
    "comments": say("hm"),
    "comments a view": count("comments", 2),
    "words of comments": say("one two three"),
    "longest comment": say("word " * 80),
    "longest is an answer": say("@kez.lll " + "word " * 80),
    "longest comes late": say("word " * 80),
    "answers": say("@kez.lll quite"),
    "creator answers": say("hello", "delphine.listens.up"),
    "questions": say("oh?"),
    "corrections": say("@kez.lll that isn't so"),
    "corrections outside answers": say("wrong"),
    "cheers": say("thank you"),
    "selling": say("link?"),
    "proof words": say("one trial"),
    "advice": say("ask a doctor"),
}
SHRINKS = {
    "clinician": more(creator="kofi-wrenshaw"),
    "badge": more(creator="kofi-wrenshaw"),
    "study shown": more(caption="dogs", beats=["dogs"]),
}


def test_every_feature_is_tried():
    assert set(GROWS) | set(SHRINKS) == set(fairness.features(fairness.in_set("c")[0]))


@pytest.mark.parametrize("name", [*GROWS, *SHRINKS])
def test_a_feature_sees_what_it_is_named_after(name):
    before = content.records("posts")["p-c05-u"]
    after = copy.deepcopy(before)
    {**GROWS, **SHRINKS}[name](after)
    one, two = fairness.features(before)[name], fairness.features(after)[name]
    assert (two > one) if name in GROWS else (two < one)


def test_an_answer_is_no_correction_outside_answers():
    before = content.records("posts")["p-c05-u"]
    after = copy.deepcopy(before)
    GROWS["corrections"](after)
    name = "corrections outside answers"
    assert fairness.features(after)[name] == fairness.features(before)[name]


# --- the checks themselves refuse an unfair corpus -------------------------------------------------


def spoilt(change):
    posts = copy.deepcopy(fairness.in_set("a"))
    for post in posts:
        change(post)
    return posts


def test_popular_sound_posts_are_seen():
    def change(post):
        post["counts"]["views"] = 900_000 if post["label"] == "sound" else 9_000

    posts = spoilt(change)
    assert fairness.auc(posts, "looks") > ON_A_FORM
    assert fairness.discernment(posts, fairness.learners(posts)["trusts popular"])[0] > LEAN


def test_hedged_sound_posts_are_seen():
    def change(post):
        if post["label"] == "sound":
            post["beats"][0] = "it may, it might, it can, often"

    posts = spoilt(change)
    assert fairness.auc(posts, "looks") > ON_A_FORM
    assert fairness.discernment(posts, fairness.learners(posts)["trusts hedging"])[0] > LEAN


def test_comments_that_correct_unsound_posts_are_seen():
    def change(post):
        for one in post["comments"]:
            one["text"] = "lovely, thank you"
        if post["label"] == "unsound":
            post["comments"][1]["text"] = "No, the study did not test that and nobody measured it."

    assert fairness.auc(spoilt(change), "comments") > ON_A_FORM


def test_a_learner_who_follows_the_comments_is_seen(monkeypatch):
    told = {
        post["id"]: {
            "for": [one["who"] for one in post["comments"]] if post["label"] == "sound" else [],
            "against": [one["who"] for one in post["comments"]] if post["label"] != "sound" else [],
        }
        for post in fairness.in_set("a")
    }
    monkeypatch.setattr(fairness, "_readings", lambda: told)
    posts = fairness.in_set("a")
    for name, trusts in fairness.learners(posts).items():
        if "comment" in name:
            assert fairness.discernment(posts, trusts)[0] > 3, name


def test_a_changed_comment_is_seen():
    post = copy.deepcopy(fairness.in_set("a")[0])
    before = fairness.mark(post)
    post["comments"].reverse()
    assert fairness.mark(post) == before
    post["comments"][0]["text"] += " not"
    assert fairness.mark(post) != before


def test_a_claim_in_two_forms_is_seen(monkeypatch):
    posts = {one["id"]: one for one in copy.deepcopy(fairness.in_set("a") + fairness.in_set("b"))}
    posts["p-b01-s"]["claims"] = posts["p-a01-s"]["claims"]
    monkeypatch.setattr(content, "records", lambda _name: posts)
    assert fairness.shared_claims("a", "b") == {"tr-01"}


def test_a_longer_form_is_seen():
    posts = spoilt(lambda post: post.update(caption=post["caption"] + " and so on" * 12))
    assert abs(fairness.gaps(fairness.in_set("a"), posts)["words"]) > MARGIN
