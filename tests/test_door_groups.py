"""Groups and forum topics, seen through the door: quiet unless spoken to, and short."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from doorway import GROUP, NAME, OTHER, PERSON, Doorway, doorway, forwarded, labels, mentioning, text
from telegram_rules import visible
from telegram_state import ME

pytestmark = pytest.mark.anyio

KILLED = "how many civilians were killed?"
FALSE = "The BLA killed 84 security personnel"


def named(words: str, user: int = PERSON, **more: Any) -> dict[str, Any]:
    """A message in the group that mentions the bot."""
    return text(GROUP, words, user, **mentioning(words), **more)


async def answered(door: Doorway, update: dict[str, Any]) -> str:
    """The text of the one answer that a message gets, "" for none."""
    sent = [call for call in await door.hears(update) if call.method == "sendMessage"]
    assert len(sent) <= 1
    return visible(sent[0].text) if sent else ""


async def test_it_answers_a_command_by_name_and_a_plain_one(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        assert "31" in await answered(door, text(GROUP, f"/ask {KILLED}", PERSON))
        assert "31" in await answered(door, text(GROUP, f"/ask{NAME} {KILLED}", PERSON))


async def test_it_is_silent_where_others_are_spoken_to(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        for words in (KILLED, f"/ask@other_bot {KILLED}", "/weather", f"write to bob{NAME}.example", "hello everybody"):
            assert await door.hears(text(GROUP, words, PERSON)) == []


async def test_it_answers_a_mention_and_a_reply_to_its_own_message(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        (first,) = await door.hears(named(f"{NAME} {KILLED}"))
        assert "31" in first.text
        follow = text(GROUP, "and militants?", PERSON, reply_to_message=first.result)
        assert "145" in await answered(door, follow)


async def test_the_answer_names_its_question_and_stays_in_its_topic(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        question = named(f"{NAME} {KILLED}", is_topic_message=True, message_thread_id=77)
        (call,) = await door.hears(question)
        assert call.params["message_thread_id"] == 77
        assert call.params["reply_parameters"]["message_id"] == question["message"]["message_id"]


async def test_the_first_message_of_a_topic_is_no_reply_to_the_bot(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        root = {"message_id": 77, "date": 1, "chat": {"id": GROUP, "type": "supergroup"}, "from": ME, "text": "topic"}
        topic = {"is_topic_message": True, "message_thread_id": 77, "reply_to_message": root}
        assert await door.hears(text(GROUP, "good morning", PERSON, **topic)) == []


@pytest.mark.parametrize("command", ["/timeline", "/disputed", "/casualties", "/ask what happened?", "/sources"])
async def test_answers_stay_below_500_characters(tmp_path: Path, command: str) -> None:
    async with doorway(tmp_path) as door:
        assert 0 < len(await answered(door, text(GROUP, command, PERSON))) < 500


async def test_a_mention_in_reply_to_somebody_checks_their_message(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        said = text(GROUP, FALSE, OTHER)["message"]
        bare = await answered(door, named(NAME, reply_to_message=said))
        asked = await answered(door, named(f"{NAME} is this true?", reply_to_message=said))
        checked = await answered(door, text(GROUP, "/check", PERSON, reply_to_message=said))
        assert "84" in checked and bare == asked == checked


async def test_a_question_of_its_own_is_answered_though_it_replies_to_somebody(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        said = text(GROUP, FALSE, OTHER)["message"]
        assert "31" in await answered(door, named(f"{NAME} {KILLED}", reply_to_message=said))


async def test_a_check_without_a_statement_asks_for_it_with_a_forced_reply(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        (call,) = await door.hears(text(GROUP, "/check", PERSON))
        assert call.params["reply_markup"] == {"force_reply": True, "selective": True}
        checked = await answered(door, text(GROUP, FALSE, PERSON, reply_to_message=call.result))
        direct = await answered(door, text(GROUP, f"/check {FALSE}", PERSON))
        assert checked == direct


async def test_a_mention_without_words_says_how_to_ask(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        assert "Write the question" in await answered(door, named(NAME))


async def test_bots_inline_results_and_channel_posts_are_ignored(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        bot = {"id": 99, "is_bot": True, "first_name": "Bot", "username": "other_bot"}
        words = f"{NAME} {KILLED}"
        assert await door.hears(named(words, via_bot=bot)) == []
        assert await door.hears(named(words) | {"message": named(words)["message"] | {"from": bot}}) == []
        post = (
            text(-1005, words)["message"] | mentioning(words) | {"chat": {"id": -1005, "type": "channel", "title": "C"}}
        )
        assert await door.hears({"channel_post": post}) == []
        joined = text(GROUP, "", PERSON)
        del joined["message"]["text"]
        joined["message"]["new_chat_members"] = [bot]
        assert await door.hears(joined) == []


async def test_anonymous_admins_are_answered(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        behind = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
        words = f"{NAME} {KILLED}"
        update = named(words, sender_chat={"id": GROUP, "type": "supergroup", "title": "N"})
        update["message"]["from"] = behind
        assert "31" in await answered(door, update)


async def test_one_persons_conversation_is_not_anothers(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        (first,) = await door.hears(named(f"{NAME} {KILLED}", PERSON))
        follow = text(GROUP, "and security forces?", OTHER, reply_to_message=first.result)
        await door.hears(follow)
        assert (await door.memory.context(GROUP, PERSON, 0.0)).claims == ("toll-civilians",)


async def test_forwarded_messages_are_left_alone_unless_the_admins_want_them_checked(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        assert await door.hears(text(GROUP, FALSE, OTHER, **forwarded())) == []
        await door.memory.change(GROUP, check_forwards=True)
        assert "84" in await answered(door, text(GROUP, FALSE, OTHER, **forwarded()))
        assert await door.hears(text(GROUP, "my cat is asleep", OTHER, **forwarded())) == []
        assert await door.hears(text(GROUP, FALSE, OTHER)) == []


async def test_it_speaks_only_in_the_topics_that_were_chosen(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        await door.memory.change(GROUP, topics=(77,))
        words = f"{NAME} {KILLED}"
        assert await door.hears(named(words, is_topic_message=True, message_thread_id=78)) == []
        assert await door.hears(named(words)) == []
        assert "31" in await answered(door, named(words, is_topic_message=True, message_thread_id=77))


async def test_a_full_answer_is_longer_where_the_admins_want_it(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        short = await answered(door, text(GROUP, "/timeline", PERSON))
        await door.memory.change(GROUP, length="full")
        assert len(short) < len(await answered(door, text(GROUP, "/timeline", PERSON))) < 1000


async def test_too_many_questions_get_one_quiet_notice_then_silence(tmp_path: Path) -> None:
    async with doorway(tmp_path, limits="person=2/minute") as door:
        calls = [await door.hears(named(f"{NAME} {KILLED}")) for _ in range(5)]
        assert [len(each) for each in calls] == [1, 1, 1, 0, 0]
        assert "Wait a minute" in calls[2][0].text and calls[2][0].params["disable_notification"] is True


async def test_the_groups_pause_between_answers_is_kept(tmp_path: Path) -> None:
    async with doorway(tmp_path, limits="") as door:
        await door.memory.change(GROUP, cooldown=30)
        assert "31" in await answered(door, named(f"{NAME} {KILLED}"))
        assert "31" not in await answered(door, named(f"{NAME} {KILLED}", OTHER))


async def test_what_was_asked_long_before_the_bot_came_back_is_noted_once(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        old = int(time.time()) - 3600
        said = [await answered(door, named(f"{NAME} {KILLED}", date=old)) for _ in range(3)]
        assert "I was away" in said[0] and said[1:] == ["", ""]
        assert "31" in (await door.asks(KILLED, date=old)).text, "in private it is still answered"


def member(status: str, was: str, chat: int = GROUP, kind: str = "supergroup") -> dict[str, Any]:
    """An update: the bot's standing in a chat changed."""
    fields: dict[str, dict[str, Any]] = {
        "kicked": {"until_date": 0},
        "restricted": {
            "is_member": True, "until_date": 0,
            **dict.fromkeys(
                (
                    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
                    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
                    "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages",
                    "can_manage_topics", "can_edit_tag", "can_react_to_messages",
                ),
                True,
            ),
        },
    }  # fmt: skip
    person = {"id": PERSON, "is_bot": False, "first_name": "Zarmina"}
    standing = [{"status": each, "user": ME} | fields.get(each, {}) for each in (was, status)]
    return {
        "my_chat_member": {
            "chat": {"id": chat, "type": kind}, "from": person, "date": int(time.time()),
            "old_chat_member": standing[0], "new_chat_member": standing[1],
        }
    }  # fmt: skip


async def test_added_to_a_group_it_says_in_one_message_how_to_use_it(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        (call,) = await door.hears(member("member", "left"))
        assert "/ask" in call.text and NAME in call.text and "\n" not in call.text
        assert await door.hears(member("restricted", "member")) == []
        assert await door.hears(member("member", "left", -1005, "channel")) == []


@pytest.mark.parametrize(("chat", "kind"), [(GROUP, "supergroup"), (PERSON, "private")])
async def test_removed_or_blocked_it_forgets_the_chat(tmp_path: Path, chat: int, kind: str) -> None:
    async with doorway(tmp_path) as door:
        await door.memory.change(chat, length="full")
        assert await door.hears(member("kicked", "member", chat, kind)) == []
        assert (await door.memory.chat_settings(chat)).length == "short"


@pytest.mark.parametrize("told_in", ["old", "new", "both"])
async def test_a_group_that_becomes_a_supergroup_keeps_its_settings(tmp_path: Path, told_in: str) -> None:
    async with doorway(tmp_path) as door:
        await door.memory.change(-55, length="full", cooldown=30)
        service: dict[str, dict[str, Any]] = {
            "old": {"chat": {"id": -55, "type": "group", "title": "N"}, "migrate_to_chat_id": GROUP},
            "new": {"chat": {"id": GROUP, "type": "supergroup", "title": "N"}, "migrate_from_chat_id": -55},
        }
        for side in ("old", "new") if told_in == "both" else (told_in,):
            update = text(-55, "", PERSON)
            del update["message"]["text"]
            update["message"] |= service[side]
            assert await door.hears(update) == []
        settings = await door.memory.chat_settings(GROUP)
        assert (settings.length, settings.cooldown) == ("full", 30)
        assert (await door.memory.chat_settings(-55)).length == "short"


async def test_delete_stands_under_group_answers_only(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        (call,) = await door.hears(named(f"{NAME} {KILLED}"))
        assert labels(call)[-1] == "Delete"
        assert "Delete" not in labels(await door.asks(KILLED))
