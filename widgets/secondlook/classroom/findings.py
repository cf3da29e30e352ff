"""What a class report says in words, for a teacher who has two minutes.

Each sentence gives both sides, sound posts and unsound ones, so that a class that only became more
suspicious is told so. Nothing here is about one learner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from secondlook import forms
from secondlook.classroom.analysis import Analysis, Change
from secondlook.classroom.groups import SMALLEST
from secondlook.scoring import Difference

PER_SORT = forms.POSTS // 2
QUESTIONS = forms.PER_PART * len(forms.PARTS)
WORTH = 0.1  # of d' or c; about a fifth of a post on each side of ten
WORTH_SHARE = 0.01  # of the questions: a fifth of a question of twenty
NEAR_TOP = 0.9  # share of sound posts trusted, and of unsound ones questioned
GUESSING = 0.2  # a mean d' below it; 5.4 of 10 sound posts trusted and 4.6 of 10 unsound ones
OFF_BY = 5  # percent between how sure and how right that is worth a sentence

LIMITS = (
    "This is no grade. Twenty posts say something about a class and little about one learner.",
    "There was no class without the course to compare with. What changed may have other causes, "
    "such as growing older or having seen the test before.",
    "Some claims in the tests also appear in the lessons' practice posts, so the scores partly "
    "measure what was remembered.",
)


@dataclass(frozen=True)
class Finding:
    """One thing the report says.

    Attributes:
        id: what was found, such as ``discerning`` or ``cynical``; a test or a chart can rely on it.
        heading: a few words.
        sentence: the numbers of it, in one or more plain sentences.
    """

    id: str
    heading: str
    sentence: str


def findings(analysis: Analysis) -> list[Finding]:
    """What the class shows, the verdict on the posts first."""
    found = [posts_finding(analysis.changes)]
    if found[0].id != "too-few":
        found += [*_ends(analysis.changes), _questions(analysis.changes)]
    return [*found, *_sureness(analysis), *_later(analysis.later), *_forms(analysis)]


def direction(difference: Difference, worth: float = WORTH) -> int:
    """1 or -1 if the whole interval lies above or below 0 and the change is worth a word, else 0.

    Arguments:
        difference: a change with its interval.
        worth: the least change to speak of; of a hundred thousand learners every speck is clear.
    """
    if abs(difference.estimate) < worth:
        return 0
    return int(difference.low > 0) - int(difference.high < 0)


def classify(d_prime: Difference, criterion: Difference, c_before: float, c_after: float) -> str:
    """What happened to a class, from its change of d' and of c.

    ========= ================== ============================== ===================
    d'        c up               c the same                     c down
    ========= ================== ============================== ===================
    up        both, if it now    discerning                     trusting, if it now
              leans more than                                   leans more than
              before, else                                      before, else
              discerning                                        discerning
    no change cynical            no-change                      credulous
    down      cynical            worse                          credulous
    ========= ================== ============================== ===================

    Arguments:
        d_prime: change of discernment with its interval; "up" is as in `direction`.
        criterion: change of the leaning; up is towards doubt.
        c_before: mean leaning before. A class "leans more" if the mean lies further from 0.
        c_after: mean leaning after.
    """
    skill, lean = direction(d_prime), direction(criterion)
    if skill > 0:
        if lean and abs(c_after) > abs(c_before):
            return "both" if lean > 0 else "trusting"
        return "discerning"
    if lean:
        return "cynical" if lean > 0 else "credulous"
    return "worse" if skill < 0 else "no-change"


HEADINGS = {
    "discerning": "The class got better at telling sound from unsound",
    "both": "The class got better at telling, and more suspicious too",
    "trusting": "The class got better at telling, and more trusting too",
    "cynical": "The class only became more suspicious",
    "credulous": "The class only became more trusting",
    "worse": "The class tells sound from unsound less well than before",
    "no-change": "No clear change in telling sound from unsound",
}


def posts_finding(changes: Mapping[str, Change]) -> Finding:
    """The verdict on the posts."""
    skill, lean = changes["d_prime"], changes["criterion"]
    if skill.difference is None or lean.difference is None:
        return Finding(
            "too-few",
            "Too few learners to say",
            f"Both tests came from fewer than {SMALLEST} learners, or they left out too many "
            "posts. Numbers of so few would be about persons, so none are given.",
        )
    c_before, c_after = lean.before or 0.0, lean.after or 0.0
    kind = classify(skill.difference, lean.difference, c_before, c_after)
    said = _both_sides(changes, asked="question" if kind in ("cynical", "both") else "trust")
    extra = {
        "discerning": "They tell the two apart better, and do not lean further to either side.",
        "both": "They tell the two apart better, and they also question more of everything. "
        "Look at the sound posts: what is questioned there is good help thrown away.",
        "trusting": "They tell the two apart better, and they also trust more of everything. "
        "Look at the unsound posts.",
        "cynical": f"{_skill_words(skill.difference)}, so this is suspicion and no skill: they now "
        "question sound posts too. Show them the honest posts again, and say what makes "
        "those worth trusting.",
        "credulous": f"{_skill_words(skill.difference)}: they now let unsound posts pass along "
        "with the sound ones.",
        "worse": "They mix up the two sorts more than before. Find out what happened before you "
        "reteach: a rushed second test looks like this.",
        "no-change": "A change too small for this test to show may still be there; the intervals "
        "say how large it could be.",
    }[kind]
    if kind == "cynical" and c_before < 0 and abs(c_after) < abs(c_before):
        extra = (
            f"{_skill_words(skill.difference)}. They began by trusting too much, so some of the "
            "doubt was due, but they now question sound posts too and tell the two apart no "
            "better. Next is the other half: what makes a post worth trusting."
        )
    numbers = f"Discernment (d') went from {signed(skill.before)} to {signed(skill.after)}"
    numbers += f" ({interval(skill.difference)}), leaning (c) from {signed(c_before)} to "
    numbers += f"{signed(c_after)} ({interval(lean.difference)}), for {skill.n:,} learners."
    return Finding(kind, HEADINGS[kind], f"{said} {extra} {numbers}")


def _skill_words(difference: Difference) -> str:
    if direction(difference) < 0:
        return "They tell the two apart less well than before"
    return "There is no clear sign that they tell the two apart better"


def _both_sides(changes: Mapping[str, Change], asked: str) -> str:
    """'Before, a learner trusted 7.0 of 10 sound posts and 5.0 of 10 unsound ones; after, ...'."""
    verb = {"trust": "trusted", "question": "questioned"}[asked]
    shares = []
    for side in ("sound", "unsound"):
        one = changes[f"trusted_{side}"]
        means = (one.before or 0.0, one.after or 0.0)
        shares.append(means if asked == "trust" else tuple(1 - mean for mean in means))
    (sound_b, sound_a), (unsound_b, unsound_a) = shares
    return (
        f"Before, a learner {verb} {_of_ten(sound_b)} of {PER_SORT} sound posts and "
        f"{_of_ten(unsound_b)} of {PER_SORT} unsound ones, on average; after, "
        f"{_of_ten(sound_a)} sound and {_of_ten(unsound_a)} unsound."
    )


def _of_ten(share: float) -> str:
    return f"{share * PER_SORT:.1f}"


def signed(value: float | None, digits: int = 2) -> str:
    """With its sign and a true minus; a nought has neither. Nothing for no number."""
    if value is None:
        return ""
    text = f"{value:+.{digits}f}"
    return text[1:] if float(text) == 0 else text.replace("-", "−")


def interval(difference: Difference, scale: float = 1.0, digits: int = 2) -> str:
    """'change +0.42, 95% interval +0.10 to +0.74'."""
    middle, low, high = (signed(one * scale, digits) for one in difference)
    return f"change {middle}, 95% interval {low} to {high}"


def _ends(changes: Mapping[str, Change]) -> list[Finding]:
    """Whether there was no room to rise, or no skill to be seen yet."""
    sound, unsound, skill = (
        changes[name] for name in ("trusted_sound", "trusted_unsound", "d_prime")
    )
    if (sound.before or 0.0) >= NEAR_TOP and (unsound.before or 0.0) <= 1 - NEAR_TOP:
        return [
            Finding(
                "ceiling",
                "There was little room to rise",
                f"Before the course they already trusted {_of_ten(sound.before or 0.0)} of "
                f"{PER_SORT} sound posts and only {_of_ten(unsound.before or 0.0)} of {PER_SORT} "
                "unsound ones. A test this easy for them cannot show much gain.",
            )
        ]
    if skill.after is not None and max(skill.after, skill.before or 0.0) < GUESSING:
        return [
            Finding(
                "floor",
                "Still close to guessing",
                f"After the course they trusted {_of_ten(sound.after or 0.0)} of {PER_SORT} sound "
                f"posts and {_of_ten(unsound.after or 0.0)} of {PER_SORT} unsound ones: hardly "
                "more of one than of the other. A coin would do about as well.",
            )
        ]
    return []


def _questions(changes: Mapping[str, Change]) -> Finding:
    """The twenty questions, and whether they tell another story than the posts."""
    one, skill = changes["questions"], changes["d_prime"]
    assert one.difference is not None and skill.difference is not None
    way, other = direction(one.difference, WORTH_SHARE), direction(skill.difference)
    kind = {1: "questions-up", 0: "questions-same", -1: "questions-down"}[way]
    heading = {
        1: "More of the questions right",
        0: "No clear change in the questions",
        -1: "Fewer of the questions right",
    }[way]
    before, after = (one.before or 0.0) * QUESTIONS, (one.after or 0.0) * QUESTIONS
    said = (
        f"Of {QUESTIONS} questions a learner got {before:.1f} right before and {after:.1f} after "
        f"({interval(one.difference, QUESTIONS, 1)})."
    )
    if one.gain is not None and one.gain > 0:
        said += f" That is {one.gain:.0%} of the way from where the class stood to all right."
    if way and other and way != other:
        kind, heading = "mixed", "The posts and the questions disagree"
        said += " The posts moved the other way, so trust neither before you have looked closer."
    elif way > 0 and other == 0:
        kind, heading = "mixed", "They know more, and do not yet judge posts better"
        said += " Judging posts did not clearly improve, so give them more posts to practise on."
    return Finding(kind, heading, said)


def _sureness(analysis: Analysis) -> list[Finding]:
    """How sure against how right, on the last test that is large enough."""
    table = analysis.calibration
    for occasion in reversed(forms.OCCASIONS[:2]):
        level = table[(table["occasion"] == occasion) & table["share"].notna()]
        n = level["n"].sum()
        if not n or analysis.counted[occasion] < SMALLEST:
            continue
        sure = float((level["sure"] * level["n"]).sum() / n)
        right = float((level["share"] * level["n"]).sum() / n * 100)
        kind, heading = "sure-fits", "They are about as sure as they are right"
        if sure - right > OFF_BY:
            kind, heading = "sure-over", "They are surer than they are right"
        elif right - sure > OFF_BY:
            kind, heading = "sure-under", "They are right more often than they think"
        when = {"before": "Before the course", "after": "After the course"}[occasion]
        said = f"{when} they were {sure:.0f}% sure of their calls, and right in {right:.0f}%."
        return [Finding(kind, heading, said)]
    return []


def _later(later: Mapping[str, Change]) -> list[Finding]:
    """What is left some weeks after, for those who took that test."""
    skill, lean = later["d_prime"], later["criterion"]
    if skill.difference is None or lean.difference is None:
        return []
    kind = classify(skill.difference, lean.difference, lean.before or 0.0, lean.after or 0.0)
    said = _both_sides(later, "question" if kind in ("cynical", "both") else "trust")
    said = said.replace("; after,", "; weeks later,")
    return [
        Finding(
            f"later-{kind}",
            f"Weeks later: {HEADINGS[kind][0].lower()}{HEADINGS[kind][1:]}",
            f"{said} Discernment (d'): {interval(skill.difference)}, for {skill.n:,} learners.",
        )
    ]


def _forms(analysis: Analysis) -> list[Finding]:
    """Whether the halves are even and whether one form is easier."""
    balance = analysis.balance
    if balance.a_first + balance.b_first < SMALLEST:
        return []
    said = f"{balance.a_first:,} learners began with form A and {balance.b_first:,} with form B."
    if balance.points is None:
        said += " One of the two orders is too small to say whether a form is easier."
        return [Finding("forms", "Who began with which form", said)]
    low, high = balance.points.low, balance.points.high
    if low <= 0 <= high:
        said += " Neither form was clearly easier"
    else:
        said += f" Form {'A' if low > 0 else 'B'} was the easier one"
    said += f" (right answers of 40, A against B: {interval(balance.points, 1, 1)})."
    if balance.adjusted is not None:
        said = said.replace("change ", "difference ")
        said += f" With each order counted half, d' moved like this: {interval(balance.adjusted)}."
    if analysis.same_form:
        said += f" {analysis.same_form} took the same form twice and are left out of every change."
    return [Finding("forms", "Who began with which form", said)]
