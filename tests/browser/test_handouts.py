"""Letters and cards on paper: a letter, a form or a poster is one page, and so are four cards."""

from __future__ import annotations

import pytest

from secondlook import content, handouts
from secondlook.paper import booklet
from secondlook.paper import page as paper

# Millimetres of A4 and of Letter inside the margins of paper.css: 16 at the sides, 15 and 17.
SIZES = {"a4": (210 - 32, 297 - 32), "letter": (215.9 - 32, 279.4 - 32)}
MM = 96 / 25.4
SCISSORS = 6  # millimetres above the first row of cards
HELP = content.read_json("helplines.json")
COUNTRIES = [None, *(one["code"] for one in HELP["countries"])]
WIDER = "every => every.some(one => one.scrollWidth > one.clientWidth + 1)"
HEIGHT = "every => Math.max(...every.map(one => one.getBoundingClientRect().height))"


def printed(language: str, country: str | None = None) -> dict[str, str]:
    """Each handout as the file that is printed, by its name."""
    every = zip(handouts.names(), booklet.letters(language, country), strict=True)
    return {name: paper.html(one) for name, one in every}


def show(page, markup: str, width: float) -> None:
    page.emulate_media(media="print")
    page.set_content(markup.replace("</style>", f"body {{ width: {width}mm }}</style>", 1))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("size", SIZES)
def test_everything_fits_on_its_page(page, size, language):
    width, height = SIZES[size]
    seen = set()  # a poster is the same for all countries
    for country in COUNTRIES:
        for name, markup in printed(language, country).items():
            if markup in seen:
                continue
            seen.add(markup)
            show(page, markup, width)
            cards = name in handouts.CARDS
            tall = page.eval_on_selector_all(".sl-card" if cards else "article", HEIGHT) / MM
            assert (2 * tall + SCISSORS if cards else tall) <= height, (name, country)
            assert page.eval_on_selector_all("article, section", WIDER) is False, (name, country)


def test_what_does_not_fit_is_seen(page):
    made = printed("en", "US")
    show(page, made["letter_home"].replace("<p>Dear", "<p>Dear " * 99), SIZES["a4"][0])
    assert page.eval_on_selector_all("article", HEIGHT) / MM > SIZES["a4"][1]
    number = HELP["countries"][-1]["lines"][0]["phone"]
    long = made["help_card"].replace(f"call {number}", "call " + number * 40)
    show(page, long, SIZES["a4"][0])
    assert page.eval_on_selector_all("article, section", WIDER) is True


def test_the_cards_of_a_page_stand_in_two_columns_with_lines_to_cut_along(page):
    show(page, printed("en")["post_check"], SIZES["a4"][0])
    left = page.eval_on_selector_all(".sl-card", "every => every.map(one => one.offsetLeft)")
    assert len(left) == 4 and left[0] == left[2] < left[1] == left[3]
    edge = "one => getComputedStyle(one).borderTopStyle"
    assert page.eval_on_selector(".sl-card", edge) == "dashed"
