"""Letters and cards: whole in every language, drawn from the data, and safe to edit.

THIS FILE CONTAINS BAD EXAMPLES ON PURPOSE, like test_safety.py; nothing here is shown to learners.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import textstat

from secondlook import activities, cli, content, handouts, safety
from secondlook.activities import audit
from secondlook.checks import DataError
from secondlook.handouts import HandoutError, page

SHIPPED = Path(__file__).resolve().parents[1] / "handouts"
HELP = content.read_json("helplines.json")
COUNTRIES = HELP["countries"]
EVERY = [(name, language) for name in handouts.names() for language in ("en", "es")]


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A teacher's own copy of the folder; gives a function that changes one file of it."""
    folder = tmp_path / "handouts"
    shutil.copytree(SHIPPED, folder)
    monkeypatch.setenv("SECONDLOOK_HANDOUTS", str(folder))

    def edit(name: str, change: Callable[[str], str], language: str = "en") -> Path:
        path = folder / language / f"{name}.md"
        text = path.read_text(encoding="utf-8")
        assert change(text) != text
        path.write_text(change(text), encoding="utf-8")
        return path

    return edit


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of the data; gives a function that changes one file of it."""
    folder = tmp_path / "data"
    shutil.copytree(content.data_dir(), folder)
    monkeypatch.setenv("SECONDLOOK_DATA", str(folder))
    audit.rows.cache_clear()

    def edit(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
        audit.rows.cache_clear()

    yield edit
    audit.rows.cache_clear()


def words(markup: str) -> str:
    """What is read, each block ended like a sentence."""
    return html.unescape(re.sub(r"</(?:li|p|h\d)>", ". ", markup).replace("..", "."))


def plain(markup: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", markup))


def refusal(name: str, language: str = "en", country: str | None = "US") -> str:
    with pytest.raises(HandoutError) as refused:
        page(name, language, country)
    said = str(refused.value)
    assert "\n" not in said and said.endswith(".")
    return said


# --- what ships -----------------------------------------------------------------------------------


def test_every_handout_is_there_in_both_languages_and_nothing_else():
    assert handouts.languages() == ["en", "es"]
    for language in handouts.languages():
        there = {one.stem for one in (SHIPPED / language).iterdir()}
        assert there == set(handouts.names())


def test_nothing_is_wrong_with_what_ships():
    assert list(map(str, handouts.problems())) == []


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_no_placeholder_is_left_and_the_language_is_said(name, language):
    for country in (None, "US", "ES"):
        made = page(name, language, country)
        assert "{{" not in made and "}}" not in made
        assert f'lang="{language}"' in made


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("country", COUNTRIES, ids=lambda one: one["code"])
def test_a_help_card_has_every_way_to_reach_every_line(country, language):
    said = plain(page("help_card", language, country["code"]))
    for line in [HELP["directory"], *country["lines"]]:
        assert line["name"] in said
        for field in ("phone", "text", "web"):
            if line.get(field):
                for part in re.findall(r"https://\S+|[A-Z]{4,}|[\d -]*\d", line[field]):
                    assert part.strip() in said
    for number in re.findall(r"\d+", country["emergency"]):
        assert number in said
    assert HELP["checked"] in said


@pytest.mark.parametrize("language", ["en", "es"])
def test_without_a_country_there_is_a_card_for_each(language):
    made = page("help_card", language)
    assert made.count('class="sl-card"') == len(COUNTRIES)
    one = page("help_card", language, "NZ")
    assert one.count('class="sl-card"') == handouts.COPIES
    said = plain(made)
    for line in (line for country in COUNTRIES for line in country["lines"]):
        assert line["name"] in said


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_changed_number_is_the_one_that_is_printed(data, language):
    data("helplines.json", '"866-488-7386"', '"866-000-0000"')
    said = page("help_card", language, "US")
    assert "866-000-0000" in said and "866-488-7386" not in said


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_no_number_of_a_help_line_is_typed(name, language):
    source = (SHIPPED / language / f"{name}.md").read_text(encoding="utf-8")
    assert re.findall(r"\d{3,}|https?:", source) == []


def test_what_the_data_says_is_text(data):
    data("helplines.json", '"Kids Helpline"', '"Kids <script>Helpline"')
    data("post_check.json", '"Who gains?"', '"Who <i>gains?"')
    assert "Kids &lt;script&gt;Helpline" in page("help_card", "en", "AU")
    assert "Who &lt;i&gt;gains?" in page("post_check")


def test_the_post_check_card_has_all_eight_rows():
    english, spanish = (plain(page("post_check", one)) for one in ("en", "es"))
    known = content.read_json("translations.json")["es"]
    rows = audit.rows().values()
    assert len(rows) == 8
    for row in rows:
        for text in (row["label"], row["question"]):
            assert text in english and known[text] in spanish


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_form_lists_every_lesson(language):
    made = page("opt_out", language)
    known = content.read_json("translations.json")["es"]
    assert "☐ 0." not in plain(made)
    for number, lesson in list(content.syllabus().items())[1:]:
        title = lesson["title"] if language == "en" else known[lesson["title"]]
        assert f"☐ {number}. {title}" in plain(made)


def test_the_letter_names_every_lesson_that_mentions_a_crisis():
    named = set()
    for number, lesson in content.syllabus().items():
        shown = [activities.seen(number, one) for one in content.activities(number).values()]
        notebook = json.loads((content.lessons_dir() / lesson["file"]).read_text("utf-8"))
        texts = [*safety.strings_of_json([lesson, *shown]), *safety.strings_of_notebook(notebook)]
        if any(safety.mentions_crisis(text) for _, text in texts):
            named.add(str(number))
    for language, word in (("en", "Lesson"), ("es", "lección")):
        assert set(re.findall(rf"{word} (\d+)", page("letter_home", language))) == named


@pytest.mark.parametrize("name", handouts.names())
def test_english_is_easy_to_read(name):
    source = (SHIPPED / "en" / f"{name}.md").read_text(encoding="utf-8")
    for text in (source, words(page(name, "en", "US"))):
        assert float(textstat.flesch_kincaid_grade(plain(text))) <= 8


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_the_wording_is_safe(name, language):
    for country in (None, *(one["code"] for one in COUNTRIES)):
        assert safety.check_text(page(name, language, country)) == []


def test_spanish_is_spelt_with_its_own_signs():
    for name in handouts.names():
        said = plain(page(name, "es", "ES"))
        asked = said.count("?")
        assert said.count("¿") == asked and said.count("¡") == said.count("!")


# --- what is asked for ----------------------------------------------------------------------------


def test_an_unknown_handout_language_or_country_is_refused():
    assert "letter_home" in refusal("leter_home")
    assert "en, es" in refusal("letter_home", "fr")
    assert "en, es" in refusal("letter_home", "../en")
    assert "AU, BR" in refusal("help_card", "en", "XX")
    assert page("help_card", "en", "us") == page("help_card", "en", "US")


def test_a_file_that_is_gone_or_unreadable_is_refused(mine):
    path = mine("opt_out", lambda text: text + "more")
    path.unlink()
    assert "is gone: put it back" in refusal("opt_out")
    path.mkdir()
    assert "cannot be read" in refusal("opt_out")
    path.rmdir()
    for raw in (b"", b"\xff\xfeA\x00", "Señor".encode("latin-1"), b"PK\x03\x04"):
        path.write_bytes(raw)
        assert "cannot be read" in refusal("opt_out")


def test_an_empty_folder_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("SECONDLOOK_HANDOUTS", str(tmp_path))
    assert "there are: none" in refusal("opt_out")


# --- what a teacher writes ------------------------------------------------------------------------


def test_an_edited_copy_is_used_as_it_is(mine):
    path = mine("letter_home", lambda text: text.replace("[class]", "Room 7"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))  # Notepad's way
    made = page("letter_home")
    assert "Room 7" in made and "\ufeff" not in made and made.count("<h2>") == 5


def test_a_folder_beside_the_command_comes_first(tmp_path, monkeypatch):
    monkeypatch.delenv("SECONDLOOK_HANDOUTS", raising=False)
    monkeypatch.chdir(tmp_path)
    assert content.handouts_dir() == SHIPPED
    (tmp_path / "handouts").mkdir()  # somebody else's handouts
    assert content.handouts_dir() == SHIPPED
    shutil.copytree(SHIPPED / "en", tmp_path / "handouts" / "en")
    assert content.handouts_dir() == tmp_path / "handouts"
    assert content.handouts_dir(shipped=True) == SHIPPED


def test_a_letter_that_was_thrown_away_is_written_anew(tmp_path, monkeypatch):
    monkeypatch.delenv("SECONDLOOK_HANDOUTS", raising=False)
    monkeypatch.chdir(tmp_path)
    assert cli.main(["lessons", "."]) == 0
    (tmp_path / "handouts/en/opt_out.md").unlink()
    assert "is gone" in refusal("opt_out")
    assert cli.main(["lessons", "."]) == 0
    assert page("opt_out").count("<li>") == len(content.syllabus()) - 1


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<style>@import "http://example.org/x.css"</style>',
    '[press](javascript:alert(1) "x")',
    '<a href="x" onclick="alert(1)">x</a>',
    '[a](http://example.org "{{checked}}<b onmouseover=x>")',
    "</section></article><iframe src=//example.org>",
    "[<b>x</b>]",
    "`<b>{{country}}</b>`",
]


@pytest.mark.parametrize("bad", HOSTILE)
def test_html_in_a_handout_is_shown_and_never_obeyed(mine, bad):
    mine("help_card", lambda text: f"{text}\n{bad}\n")
    made = page("help_card", "en", "US")
    tags = {re.match(r"</?([a-z0-9]+)", one)[1] for one in re.findall("<[^>]*>", made)}
    assert tags <= {"article", "section", "h2", "p", "ul", "li", "strong", "b", "span", "a", "code"}
    assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', made))
    assert 'href="javascript' not in made


BAD = {
    "a picture": ("![logo](http://example.org/logo.png)", "holds a picture"),
    "an unknown placeholder": ("{{phone}}", "nothing is known for {{phone}}"),
    "a misspelt one": ("{{help_line}}", "there are {{checked}}"),
    "one within a line": ("Call: {{help_lines}}", "empty line above and below {{help_lines}}"),
    "one in a list": ("- {{help_lines}}", "empty line above and below {{help_lines}}"),
    "an empty one": ("{{}}", "nothing is known for {{}}"),
    "an attribute of Python": ("{{checked.__class__}}", "nothing is known"),
    "half of one": ("{{checked}", "without its other half"),
    "the other half": ("checked}}", "without its other half"),
    "no country": ("{{country}}", "say which country"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_filled_in_is_refused(mine, name):
    text, said = BAD[name]
    mine("ground_rules", lambda before: f"{before}\n\n{text}\n")
    assert said in refusal("ground_rules", country=None)
    assert said in "\n".join(map(str, handouts.problems()))


def test_spaces_in_a_placeholder_do_no_harm(mine):
    mine("ground_rules", lambda before: f"{before}\n\n{{{{ checked }}}}\n\n{{{{ help_lines }}}}\n")
    assert HELP["directory"]["web"] in page("ground_rules")


# --- what `secondlook check` says of them ---------------------------------------------------------


def test_a_mention_of_a_crisis_without_help_is_a_problem(mine):
    for language in ("en", "es"):
        mine("letter_home", lambda text: text.replace("{{help_lines}}\n", ""), language)
    found = [str(one) for one in handouts.problems()]
    assert len(found) == 2 and all("help lines beside it" in one for one in found)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("{{checked}}", "2020-01-01"),
        lambda text: text.replace("## Lo que no es\n", ""),
        lambda text: text.replace("- No es terapia", "No es terapia"),
    ],
)
def test_a_translation_with_other_bones_is_a_problem(mine, change):
    mine("letter_home", change, "es")
    (found,) = map(str, handouts.problems())
    assert found.startswith("handouts/es/letter_home.md") and "as in English" in found


def test_a_new_language_is_asked_for_everything(mine, tmp_path):
    folder = tmp_path / "handouts"
    (folder / "fr").mkdir()
    shutil.copy(folder / "en/opt_out.md", folder / "fr")
    found = "\n".join(map(str, handouts.problems()))
    assert "fr/post_check.md" in found and "is gone" in found
    assert "data/translations.json has nothing for “Who is speaking?” in “fr”" in found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"¿Quién habla?"', '""', "text that is not empty"),
        ('"CONNECT al 686868"', '"CONNECT al 686886"', "does not hold the same numbers"),
        ('"CONNECT al 686868"', '"CONECTA al 686868"', "does not hold the same numbers"),
        ('"112 o 999"', '"112"', "does not hold the same numbers"),
        ('"ages 12 to 24":', '"ages 12 to 25":', "nothing for “ages 12 to 24”"),
        ('"ages 12 to 24":', '"ages 12 to 25":', "a text that no handout draws"),
        ('"es": {', '"español": {', "file"),
    ],
)
def test_words_that_do_not_fit_are_a_problem(data, old, new, said):
    data("translations.json", old, new)
    assert said in "\n".join(map(str, handouts.problems()))


def test_a_changed_text_asks_for_its_translation_again(data):
    data("post_check.json", "Who is speaking?", "Who is talking here?")
    assert "Who is talking here?" in refusal("post_check", "es")
    assert "Who is talking here?" in page("post_check", "en")


def test_translations_that_cannot_be_used_are_refused(data):
    data("translations.json", '"es": {', '"es": [{')
    with pytest.raises(DataError):
        page("post_check", "es")
    assert handouts.problems()
