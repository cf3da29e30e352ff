"""Posts and verdicts on slides: one post, its hands, then the verdict and its reasons."""

from __future__ import annotations

from dataclasses import replace

from secondlook.activities.base import Record, post_counts
from secondlook.activities.judge import CALLS, TACTICS, first_look
from secondlook.forms import RIGHT_CALL
from secondlook.present.scene import Scene
from secondlook.present.slides import (
    BOLD,
    ROOM,
    WIDE,
    Block,
    Option,
    Slide,
    after,
    head,
    options_block,
    pack,
    said,
    source,
    tall,
    told_block,
)

VERDICTS = {"sound": "This one holds up", "unsound": "This one needs a second look"}
#: Width of the clip and of the caption beside it, in rem; the pair that is lowest is taken.
_COLUMNS = {
    "even": (20.0, 20.0),
    "left": (24.0, 16.0),
    "far-left": (28.0, 12.0),
    "right": (16.0, 24.0),
    "far-right": (13.0, 27.0),
}
_CALLS_HIGH = 3.1  # the two calls, side by side


def post_block(post: Record, counts: bool = True, room: float = ROOM) -> Block:
    """A post as it is projected: the clip's beats, and beside them who says it and the caption.

    Arguments:
        post: with its creator (``base.post_card``).
        counts: whether its likes, comments and shares are shown.
        room: its height; where it has not enough, the type is as small as it may be.
    """
    tags = " ".join(f"#{one}" for one in post["hashtags"])
    shown = post_counts(post) if counts else ""

    def by(wide: float) -> float:
        return (
            max(2.3, 1.4 + tall(f"{post['creator']['role']}, invented", 1, wide - 3.2, 1.25)) + 0.6
        )

    def clip(wide: float, size: float) -> float:
        return sum(tall(one, size, wide - 2.2, 1.25, BOLD) + 0.4 for one in post["beats"]) + 1.6

    def side(wide: float, size: float) -> float:
        paid = 1.8 if post["disclosure"] else 0
        under = tall(shown, 1, wide) + 0.4 if shown else 0
        return tall(f"{post['caption']} {tags}", size, wide) + paid + under

    ways = []
    for size in (1.2, 1.1, 1.0):
        for name, (left, right) in _COLUMNS.items():
            lefts, rights = clip(left, size), side(right, size)
            ways.append((max(lefts + by(left), rights) + 0.9, size, name, "clip"))
            ways.append((max(lefts, rights + by(right)) + 0.9, size, name, "caption"))
    fitting = [one for one in ways if one[0] <= room]
    best = max(fitting, key=lambda one: (one[1], -one[0])) if fitting else min(ways)
    high, size, columns, place = best
    data = {"post": post, "columns": columns, "by": place, "size": size, "tags": tags}
    return Block("post", high, {**data, "counts": shown})


def whole_post(slide: Slide, post: Record, counts: bool = True) -> list[Slide]:
    """A post on a slide of its own; clip and caption one after the other where it is long."""
    block = post_block(post, counts, ROOM - head(slide))
    if head(slide) + block.height <= ROOM:
        return [replace(slide, blocks=[block])]
    clip = Block("post", 0, {**block.data, "columns": "clip", "by": "clip", "size": 1.2})
    rest = Block("post", 0, {**block.data, "columns": "words", "by": "clip", "size": 1.2})
    return [replace(slide, blocks=[clip]), replace(slide, blocks=[rest], mark=False)]


def judge(scene: Scene) -> list[Slide]:
    """A post a slide, with hands for trust and for question; then verdict, reasons, count."""
    made: list[Slide] = []
    seen: dict[str, str] = {}
    for at, item in enumerate(scene.items):
        post = scene.spec["posts"][item["post"]]
        slide = scene.item(at, "Trust it or question it?")
        if first_look(item):
            seen[item["post"]] = slide.vote
            made += _look(slide, post, counts=False)
            continue
        made += _look(slide, post, before=seen.get(item["post"], ""))
        made += _reasons(slide, post, scene)
    told = {"count": scene.spec["id"]}
    end = scene.slide("The class so far", look="count", told=told)
    return [*made, replace(end, blocks=[Block("count", 8, {"name": scene.spec["id"]})])]


def _look(slide: Slide, post: Record, *, counts: bool = True, before: str = "") -> list[Slide]:
    """The post and the two calls; on two slides where it is too long for one."""
    right = RIGHT_CALL[post["label"]] if counts else ""
    options = [Option(text, call == right) for call, text in CALLS.items()]
    calls = Block("calls", _CALLS_HIGH, {**options_block(options).data, "before": before})
    told = {"judge": post["label"], "activity": slide.vote.split("/")[0]} if counts else {}
    asked = replace(slide, look="post", told=told, answer=VERDICTS[post["label"]] if right else "")
    room = ROOM - head(asked) - calls.height - (1.6 if before else 0)
    block = post_block(post, counts, room)
    if block.height <= room:
        return [replace(asked, blocks=[block, calls])]
    clip = Block("post", 0, {**block.data, "columns": "clip", "by": "clip", "size": 1.2})
    rest = Block("post", 0, {**block.data, "columns": "words", "by": "clip", "size": 1.2})
    return [
        replace(after(slide, "look", "Read it first", mark=True), blocks=[clip]),
        replace(asked, mark=False, blocks=[rest, calls]),
    ]


def _reasons(slide: Slide, post: Record, scene: Scene) -> list[Slide]:
    """Why: the reason, what would make it fair, what it leans on, each call, the comments."""
    names = [TACTICS[one] for one in post["tactics"] if one in TACTICS]
    running = Block("running", 2.8, {"name": slide.vote.split("/")[0]})
    blocks = [said(post["reason"], 1.25), running]
    if post["fix"]:
        blocks.append(said(f"What would make it fair: {post['fix']}", 1.05))
    if names:
        blocks.append(said(f"It leans on: {'; '.join(names)}.", 1.05))
    blocks += [
        told_block("", Option(CALLS[call], call == RIGHT_CALL[post["label"]], text))
        for call, text in post["feedback"].items()
    ]
    blocks += source(scene.names(post["refs"]))
    why = after(slide, title=VERDICTS[post["label"]])
    made = pack(why, blocks)
    if post["comments"]:
        under = after(why, "comments", "Comments under it, invented too")
        made += pack(under, [chat_block(one["who"], one["text"]) for one in post["comments"]])
    return made


def chat_block(who: str, text: str, mine: bool = False) -> Block:
    """Something that somebody wrote, as a bubble."""
    return Block(
        "chat", tall(text, 1.15, WIDE - 14) + 2.6, {"who": who, "text": text, "mine": mine}
    )
