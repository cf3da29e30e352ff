"""reword: a dial that really goes from strong to soft."""

from __future__ import annotations


def steps(record):
    return record["items"][0]["steps"]


def test_steps_go_from_strong_to_soft(refused):
    said = refused("dial-the-wording", lambda record: steps(record).reverse())
    assert "field steps.strength: found [1, 2, 3, 4, 5]" in said


def test_two_steps_are_never_as_strong_as_each_other(refused):
    said = refused("dial-the-wording", lambda record: steps(record)[1].update(strength=5))
    assert "each less than the last" in said


def test_some_step_fits(refused):
    def none_fits(record):
        for one in steps(record):
            one["fits"] = False

    assert "field steps.fits: found none fits; allowed: at least one" in (
        refused("dial-the-wording", none_fits)
    )


def test_some_step_says_too_much(refused):
    def all_fit(record):
        for one in steps(record):
            one["fits"] = True

    assert "field steps.fits: found all fit" in refused("dial-the-wording", all_fit)


def test_a_step_stands_once(refused):
    said = refused("dial-the-wording", lambda record: steps(record)[1].update(id="cures"))
    assert "an id used only once" in said


def test_the_evidence_is_on_paper_and_what_is_known_is_in_the_key(make):
    widget = make("dial-the-wording")
    assert "good trials with a fair comparison." in widget.paper()
    assert "What is known: Trials are small" in widget.key()


def test_a_sheet_has_every_wording_with_its_price_and_the_key_says_which_to_ring(make):
    widget = make("dial-the-wording")
    paper, key = widget.paper(), widget.key()
    for place, one in enumerate(steps(widget.record), start=1):
        assert (
            f'<td class="sl-ring">{place}</td><td>{one["text"]}</td><td>{one["evidence"]}' in paper
        )
    assert "<b>1</b> 4 or 5" in key and "4 or 5" not in paper
    assert key.index("☑ 4: Slow breathing may help") < key.index("☐ 1: Slow breathing cures")
