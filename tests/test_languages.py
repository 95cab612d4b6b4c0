"""The languages: their files hold the same, their words are neutral, and another one needs no change of the program."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from string import Formatter

import pytest
import yaml
from doorway import PERSON, doorway, labels

from bot.conversation import Desk, opened
from bot.detect import detected
from bot.dialogue import Context, Message, Utterance
from bot.languages import FOLDER, BrokenLanguage, Language, languages
from bot.markup import plain
from bot.pictures.gallery import wording
from bot.pictures.toll import toll
from knowledge.files import FACTS

SPOKEN = languages()
ENGLISH = SPOKEN["en"]
OTHERS = [language for language in SPOKEN.values() if language is not ENGLISH]
SECTIONS = ("cues", "words", "dates", "replies", "door", "pictures")
SAID = ("dates", "replies", "door", "pictures")  # what the bot says itself
# Only where names and verbs are followed by what English puts before them, and the facts' own English is no key.
OWN = {"cues": re.compile(".*-after")}
PERIODS = {"door": {"privacy"}}  # texts that say for how long something is kept
each = pytest.mark.parametrize("language", SPOKEN.values(), ids=SPOKEN)
other = pytest.mark.parametrize("language", OTHERS, ids=[language.code for language in OTHERS])


@pytest.fixture(scope="module")
def desk() -> Desk:
    return opened(sources=frozenset({"crackdown-article"}))


def asked(desk: Desk, text: str, language: str | None = None, room: int = 900) -> Message:
    return desk.reply(Utterance(text, language=language, room=room), Context()).message


def seen(text: str) -> str:
    """What a reader sees of a text: no direction marks."""
    return re.sub("[\u200f\u2066-\u2069]", "", text)


# -- one file like another ------------------------------------------------------------------------------


@other
@pytest.mark.parametrize("section", SECTIONS)
def test_every_language_has_what_english_has(language: Language, section: str) -> None:
    own, english = getattr(language, section), getattr(ENGLISH, section)
    assert english.keys() - own.keys() == set()
    assert [key for key in own.keys() - english.keys() if section not in OWN or not OWN[section].fullmatch(key)] == []


@other
@pytest.mark.parametrize("section", SAID)
def test_every_text_has_the_places_that_the_english_has(language: Language, section: str) -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    own, english = getattr(language, section), getattr(ENGLISH, section)
    assert {key for key in english if places(own[key]) != places(english[key])} == set()


@each
def test_what_nobody_typed_is_not_empty(language: Language) -> None:
    texts = {f"{section}.{key}": text for section in SAID for key, text in getattr(language, section).items()}
    assert [key for key, text in texts.items() if not text.strip()] == []


@each
def test_no_text_of_the_bot_holds_a_figure_of_its_own(language: Language) -> None:
    for section in SAID:
        texts = getattr(language, section).items()
        figured = {key for key, text in texts if re.search(r"\d", re.sub(r"\{\w+\}", "", text))}
        assert figured == PERIODS.get(section, set())


@each
def test_no_text_of_the_bot_holds_a_loaded_word(language: Language) -> None:
    listed = yaml.safe_load((FACTS / "wording.yml").read_text(encoding="utf-8"))["loaded_words"]
    loaded = re.compile(rf"\b(?:{'|'.join(re.escape(word) for words in listed.values() for word in words)})\b", re.I)
    texts = {f"{section}.{key}": text for section in SAID for key, text in getattr(language, section).items()}
    del texts["replies.facet-radd-ul-fitna"]  # what an operation is called is a name, and always its army's
    assert {key: found[0] for key, text in texts.items() if (found := loaded.search(text))} == {}


# -- which language a message is in -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("کتنے لوگ مارے گئے؟", "ur"),
        ("kitne log maare gaye?", "ur-Latn"),
        ("How many people were killed?", "en"),
        ("kya BLA ne 84 soldiers ko maara?", "ur-Latn"),  # English nouns in an Urdu sentence
        ("kitne civilians killed hue hain?", "ur-Latn"),
        ("how many shehri were killed in the attacks?", "en"),
        ("کتنے civilians مارے گئے؟", "ur"),
        ("BLA نے کیا کہا؟", "ur"),
        ("what did the BLA say about گوادر", "en"),
        ("گوادر", "ur"),  # no function word, but a script of its own
        ("gwadar?", "en"),
        ("84", "en"),
    ],
)
def test_a_language_is_known_by_its_script_and_its_little_words(text: str, code: str) -> None:
    assert detected(text, SPOKEN) == code


@pytest.mark.parametrize("code", SPOKEN)
def test_a_message_without_little_words_goes_on_in_the_language_of_the_conversation(code: str) -> None:
    assert detected("84?", SPOKEN, earlier=code) == code


@pytest.mark.parametrize(
    "text",
    [
        "كتنے عام شهری مارے گئے؟",  # letters of an Arabic keyboard
        "کتنے عام شہرى مارے گئے",  # alif maqsura for yeh, no question mark
        "کتنے عام\N{ZERO WIDTH NON-JOINER}شہری مارے\N{ZERO WIDTH NON-JOINER}گئے؟",  # a joint that is not seen
        "کتنےعام شہری مارےگئے؟",  # glued words
        "کِتنے عام شَہری مارے گئے؟",  # vowel signs
    ],
)
def test_however_urdu_is_typed_it_reads_alike(desk: Desk, text: str) -> None:
    expected = asked(desk, "کتنے عام شہری مارے گئے؟")
    assert "31" in plain(expected) and expected.answers
    assert asked(desk, text) == expected


@pytest.mark.parametrize("figure", ["84", "۸۴", "٨٤"])
def test_digits_of_every_keyboard_are_figures(desk: Desk, figure: str) -> None:
    assert "bla-killed-84" in asked(desk, f"کیا بی ایل اے نے {figure} سکیورٹی اہلکار مارے؟").answers


# -- answers in the language that was chosen ----------------------------------------------------------------

QUESTIONS = {
    "en": "How many civilians were killed?",
    "ur": "کتنے عام شہری مارے گئے؟",
    "ur-Latn": "kitne aam shehri maare gaye?",
}
AT_LEAST = {"en": "At least 31", "ur": "کم از کم 31", "ur-Latn": "kam az kam 31"}


@pytest.mark.parametrize("code", QUESTIONS)
def test_a_question_is_answered_in_its_own_language(desk: Desk, code: str) -> None:
    message = asked(desk, QUESTIONS[code])
    assert message.language == code and AT_LEAST[code] in plain(message)
    assert message.answers == asked(desk, QUESTIONS["en"]).answers


@pytest.mark.parametrize("typed", QUESTIONS)
@pytest.mark.parametrize("chosen", QUESTIONS)
def test_a_chosen_language_is_answered_in_whatever_the_question_is_in(desk: Desk, chosen: str, typed: str) -> None:
    message = asked(desk, QUESTIONS[typed], chosen)
    assert message.language == chosen and AT_LEAST[chosen] in plain(message)


@pytest.mark.anyio
@each
async def test_the_menu_speaks_the_language_that_was_chosen(tmp_path: Path, language: Language) -> None:
    async with doorway(tmp_path) as door:
        menu = await door.asks("/settings")
        saved, edit = await door.presses(menu, f"Language: {language.name}")
        assert (await door.memory.chat_settings(PERSON)).language == language.code
        assert saved.params["text"] == language.door["saved"]
        again = await door.asks("/settings")
        for shown in (edit, again):
            assert shown.text.startswith(language.door["settings_title"])
            assert language.door["settings_language"].format(value=language.name) in shown.text
            assert language.door["set_full"] in labels(shown)


@pytest.mark.parametrize("question", ["Who says 84?", "What is disputed?", "Did India back the attackers?", "xyzzy?"])
@other
def test_nothing_is_left_empty_in_an_answer(desk: Desk, language: Language, question: str) -> None:
    text = plain(asked(desk, question, language.code, room=4000))
    assert "\u2068\u2069" not in text and not re.search(r"[,،]\s*[,،]|\(\s*\)", seen(text))


# -- another language, by a file alone ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged languages and Tokani, which has a dozen words and says everything in guillemets."""
    folder = tmp_path_factory.mktemp("spoken") / "language"
    shutil.copytree(FOLDER, folder)
    tokani = {
        "code": "toy", "name": "Tokani", "direction": "ltr", "mixes": ["en"], "detect": ["zilqo", "ka", "vorn"],
        "skip": "ka", "short": {"zq": "zilqo"}, "numbers": {"dorn": 84}, "compounds": {}, "filler": "vorn",
        "cues": {**dict.fromkeys(ENGLISH.cues, ""), "count": "zilqo"},
        "words": {**dict.fromkeys(ENGLISH.words, ""), "killed": "mubed, mubeda", "civilians": "domari"},
        **{section: {key: f"«{text}»" for key, text in getattr(ENGLISH, section).items()} for section in SAID},
    }  # fmt: skip
    (folder / "toy.yml").write_text(yaml.safe_dump(tokani, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def tokani(folder: Path) -> Desk:
    return opened(sources=frozenset({"crackdown-article"}), spoken=folder)


def test_a_new_file_is_a_new_language(tokani: Desk, desk: Desk) -> None:
    assert tokani.languages.keys() - desk.languages.keys() == {"toy"}
    message = asked(tokani, "Zilqo domari mubeda ka?")
    assert message.language == "toy" and message.answers == asked(desk, QUESTIONS["en"]).answers
    assert asked(tokani, "zq domari mubed ka?").answers == message.answers
    assert asked(tokani, QUESTIONS["ur"]).language == "ur"


def test_claims_that_are_not_translated_stand_in_english_within_the_new_frame(tokani: Desk) -> None:
    first = plain(asked(tokani, "Zilqo domari mubed ka?")).splitlines()[0]
    assert first.startswith("«At least 31 civilians were killed") and first.endswith("»")


def test_the_pictures_speak_a_new_language(tokani: Desk) -> None:
    words = wording(tokani.store, tokani.languages["toy"])
    assert words.text("chart-title") == f"«{ENGLISH.pictures['chart-title']}»"
    claimants = [bar.claimant for group in toll(words) for bar in group.bars]
    assert "«Sarfraz Bugti, chief minister of Balochistan»" in claimants


@pytest.mark.anyio
async def test_the_settings_offer_a_new_language(tmp_path: Path, tokani: Desk) -> None:
    async with doorway(tmp_path, desk=tokani) as door:
        await door.presses(await door.asks("/settings"), "Language: Tokani")
        answer = await door.asks(QUESTIONS["en"])
        assert answer.text.startswith("«At least <b>31</b> civilians")


def test_a_broken_language_file_is_one_line_that_says_where(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "en.yml", tmp_path / "en.yml")
    (tmp_path / "toy.yml").write_text("code: toy\nname: Tokani\ndirection: up\n", encoding="utf-8")
    with pytest.raises(BrokenLanguage, match=r"toy\.yml: direction") as raised:
        languages(tmp_path)
    assert "\n" not in str(raised.value)
