"""A private chat, seen through the door: questions, forwards, edits, commands, files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from doorway import NAME, PERSON, Call, data, doorway, edited, forwarded, labels, mentioning, refusing, text
from telegram_rules import visible

pytestmark = pytest.mark.anyio

KILLED = "how many civilians were killed?"
FILES: dict[str, Any] = {
    "photo": [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}],
    "voice": {"file_id": "f", "file_unique_id": "u", "duration": 1},
    "sticker": {
        "file_id": "f", "file_unique_id": "u", "type": "regular", "width": 9, "height": 9,
        "is_animated": False, "is_video": False,
    },
    "document": {"file_id": "f", "file_unique_id": "u"},
}  # fmt: skip


def file(kind: str, **more: Any) -> dict[str, Any]:
    """An update with a file and without a text."""
    update = text(PERSON, "", **{kind: FILES[kind]}, **more)
    del update["message"]["text"]
    return update


async def test_a_question_gets_its_figure_with_claimant_and_source(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        call = await door.asks(KILLED)
        assert call.params["chat_id"] == PERSON
        assert "31" in call.text and "Capital Post" in call.text
        assert call.params["parse_mode"] == "HTML"
        assert call.params["link_preview_options"] == {"is_disabled": True}
        assert "reply_parameters" not in call.params


async def test_the_next_question_is_understood_from_the_one_before(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        await door.asks(KILLED)
        assert "17" in (await door.asks("and security forces?")).text


async def test_a_forwarded_message_is_checked(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        asked = await door.asks("The BLA killed 84 security personnel")
        checked = await door.asks("The BLA killed 84 security personnel", **forwarded())
        assert "84" in checked.text and checked.text != asked.text


async def test_the_caption_of_a_forwarded_picture_is_the_question(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        calls = await door.hears(file("photo", caption=KILLED, **forwarded()))
        assert "31" in calls[0].text


async def test_an_edited_question_edits_its_answer(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        question = text(PERSON, KILLED)
        (answer,) = await door.hears(question)
        (edit,) = await door.hears(edited(question, "how many militants were killed?"))
        assert edit.method == "editMessageText"
        assert edit.params["message_id"] == answer.result["message_id"]
        assert "145" in edit.text


async def test_an_edit_that_changes_nothing_is_no_error(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        question = text(PERSON, KILLED)
        await door.hears(question)
        (edit,) = await door.hears(edited(question, KILLED + "?"))
        assert edit.method == "editMessageText" and not edit.done


async def test_an_edit_of_a_question_whose_answer_was_deleted_is_let_be(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        question = text(PERSON, KILLED)
        (answer,) = await door.hears(question)
        del door.telegram.state.messages[PERSON, answer.result["message_id"]]
        assert [c.method for c in await door.hears(edited(question, "what happened in Gwadar?"))] == ["editMessageText"]


async def test_an_edit_of_a_picture_command_gets_a_new_answer(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        question = text(PERSON, KILLED)
        await door.hears(question)
        door.telegram.rule = refusing("editMessageText", "Bad Request: there is no text in the message to edit")
        calls = await door.hears(edited(question, "what happened in Gwadar?"))
        assert [c.method for c in calls] == ["editMessageText", "sendMessage"]


async def test_an_edit_days_later_is_let_be(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        old = text(PERSON, KILLED, date=1700000000)
        assert await door.hears(edited(old, "how many militants were killed?")) == []


@pytest.mark.parametrize("kind", sorted(FILES))
async def test_a_file_gets_one_line_that_only_text_is_read(tmp_path: Path, kind: str) -> None:
    async with doorway(tmp_path) as door:
        (call,) = await door.hears(file(kind))
        assert "Only text is read" in call.text


async def test_a_caption_is_read(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        assert "31" in (await door.hears(file("photo", caption=KILLED)))[0].text


async def test_an_album_gets_one_answer(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        pictures = [file("photo", media_group_id="album") for _ in range(4)]
        assert [len(await door.hears(picture)) for picture in pictures] == [1, 0, 0, 0]


async def test_service_messages_and_bots_get_nothing(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        pinned = text(PERSON, "")
        del pinned["message"]["text"]
        pinned["message"]["pinned_message"] = text(PERSON, "hello")["message"]
        assert await door.hears(pinned) == []
        bot = {"id": 99, "is_bot": True, "first_name": "Bot", "username": "other_bot"}
        assert await door.hears(text(PERSON, KILLED, via_bot=bot)) == []


async def test_start_says_what_this_is_with_three_questions_to_press(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        start = await door.asks("/start")
        assert "who said each" in start.text
        assert len(labels(start)) == 3
        for label in labels(start):
            assert label[0].isalpha()
            heard, answer = await door.presses(start, label)
            assert heard.method == "answerCallbackQuery" and answer.method == "sendMessage"


async def test_a_shared_link_opens_the_claim(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        assert "31" in (await door.asks("/start c_toll-civilians")).text


async def test_a_link_to_a_claim_that_is_gone_says_so(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        call = await door.asks("/start c_no-such-claim")
        assert "earlier edition" in call.text and len(labels(call)) == 3


@pytest.mark.parametrize("payload", ["<b>", "c_", "zz", "x" * 64, "c_" + "a" * 62])
async def test_a_link_with_nonsense_gets_the_greeting(tmp_path: Path, payload: str) -> None:
    async with doorway(tmp_path) as door:
        assert len(labels(await door.asks(f"/start {payload}"))) == 3


async def test_ask_takes_the_question_after_it_or_asks_for_one(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        assert "31" in (await door.asks(f"/ask {KILLED}")).text
        assert "Write the question" in (await door.asks("/ask")).text


async def test_check_takes_the_statement_after_it(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        said = "The BLA killed 84 security personnel"
        assert (await door.asks(f"/check {said}")).text == (await door.asks(said, **forwarded())).text


async def test_check_takes_the_message_it_replies_to(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        said = text(PERSON, "The BLA killed 84 security personnel")["message"]
        assert "84" in (await door.asks("/check", reply_to_message=said)).text


async def test_check_takes_the_next_message_once(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        said = "The BLA killed 84 security personnel"
        await door.asks("/check")
        checked = await door.asks(said)
        assert checked.text == (await door.asks(said, **forwarded())).text
        assert (await door.asks(said)).text != checked.text


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/casualties", ["31", "145", "Sarfraz Bugti"]),
        ("/timeline", ["Saturday"]),
        ("/where", ["Quetta", "Gwadar", "Pasni"]),
        ("/who", ["Mohsin Naqvi", "BLA"]),
        ("/who bugti", ["Sarfraz Bugti"]),
        ("/disputed", ["India", "84"]),
        ("/sources", ["Capital Post"]),
        ("/help", ["/casualties"]),
        ("/about", ["What is not known"]),
        ("/privacy", ["30 minutes", "48 hours"]),
        ("/settings", ["Language of answers"]),
        ("/nonsense", ["/help"]),
    ],
)
async def test_each_command_gives_what_it_names(tmp_path: Path, command: str, words: list[str]) -> None:
    async with doorway(tmp_path) as door:
        seen = " ".join(visible(call.text) for call in await door.hears(text(PERSON, command)))
        assert all(word in seen for word in words), seen


async def test_where_sends_the_place_and_what_happened_there(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        venue, answer = await door.hears(text(PERSON, "/where gwadar"))
        assert venue.method == "sendVenue" and venue.params["title"] == "Gwadar"
        assert 24 < venue.params["latitude"] < 26 and 61 < venue.params["longitude"] < 63
        assert "Gwadar" in answer.text


async def test_where_of_a_place_without_a_report_sends_no_pin(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        assert [call.method for call in await door.hears(text(PERSON, "/where karachi"))] == ["sendMessage"]


async def test_forget_erases_what_was_spoken_of_at_once(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        first = text(PERSON, KILLED)
        await door.hears(first)
        await door.memory.change(PERSON, length="full")
        assert "erased" in (await door.asks("/forget")).text
        assert not (await door.memory.context(PERSON, PERSON, 0.0)).claims
        assert await door.memory.answer_of(PERSON, first["message"]["message_id"]) is None
        assert (await door.memory.chat_settings(PERSON)).length == "short"


async def test_a_command_for_another_bot_gets_nothing(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        assert await door.hears(text(PERSON, "/ask@other_bot who")) == []


async def test_the_bots_name_in_a_private_question_is_passed_over(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        words = f"{NAME} {KILLED}"
        assert "31" in (await door.asks(words, **mentioning(words))).text


@pytest.mark.parametrize(
    "words", ["<b>hello</b> & <i>", "\u202e how many civilians were killed", "&lt;", "a" * 4096, "</a>"]
)
async def test_hostile_text_comes_back_harmless_or_not_at_all(tmp_path: Path, words: str) -> None:
    async with doorway(tmp_path) as door:
        call = await door.asks(words)
        assert words not in call.text and visible(call.text)


async def test_a_question_without_an_answer_is_kept_for_the_curators_without_its_asker(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        call = await door.asks("how many people were wounded in Karachi?")
        assert labels(call), "an abstention offers questions to press"
        (kept,) = await door.memory.unanswered()
        assert kept["text"] == "how many people were wounded in Karachi?"
        assert set(kept) == {"text", "reason", "language", "at"}


async def test_the_suggestions_of_an_abstention_are_answered_when_pressed(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        call = await door.asks("how many people were wounded?")
        for label in labels(call):
            heard, answer = await door.presses(call, label)
            assert heard.method == "answerCallbackQuery"
            assert answer.method == "sendMessage" and "Capital Post" in answer.text


async def test_buttons_are_few_and_in_words(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        call = await door.asks(KILLED)
        assert 1 <= len(labels(call)) <= 5
        assert all(label[0].isalpha() for label in labels(call))


def chart(calls: list[Call]) -> Call:
    return next(call for call in calls if call.method == "sendPhoto")


async def test_the_chart_comes_with_the_same_in_words_and_is_uploaded_once(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        first, second = [chart(await door.hears(text(PERSON, "/chart"))) for _ in range(2)]
        assert "31" in first.text and "Capital Post" in first.text
        assert isinstance(second.params["photo"], str), "the second time Telegram has the picture"
        assert "photo" in first.params and first.params["photo"] != second.params["photo"]


async def test_the_map_has_places_to_press(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        sent = chart(await door.hears(text(PERSON, "/map")))
        assert "Quetta" in labels(sent)
        calls = await door.presses(sent, "Gwadar")
        assert [call.method for call in calls] == ["answerCallbackQuery", "sendVenue", "sendMessage"]


async def test_an_answer_about_the_toll_offers_the_chart(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        call = await door.asks("/casualties")
        assert "Chart" in labels(call)
        assert chart(await door.presses(call, "Chart")).done
        assert len(data(call, "Chart")) <= 64
