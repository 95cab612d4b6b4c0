"""Whether a message in a group speaks to the bot: commands, names, replies, topics."""

from __future__ import annotations

import time
from typing import Any

import pytest
from telegram import Message, User
from telegram_state import ME

from bot.telegram.address import Call, asker, called, called_in_private, is_person, to_check

BOT = User.de_json(ME, None)
NAME = "@saidso_bot"
MINE = {"message_id": 5, "date": 1, "chat": {"id": -1, "type": "supergroup"}, "from": ME, "text": "an answer"}
THEIRS = MINE | {"from": {"id": 8, "is_bot": False, "first_name": "Somebody"}, "text": "84 soldiers died"}


def message(words: str | None = None, entity: tuple[str, str] | None = None, **more: Any) -> Message:
    """A message in a group; `entity` is a kind and the words that it covers."""
    body: dict[str, Any] = {
        "message_id": 9,
        "date": int(time.time()),
        "chat": {"id": -1, "type": "supergroup"},
        "from": {"id": 7, "is_bot": False, "first_name": "Zarmina"},
    }
    if words is not None:
        body["text"] = words
    if entity and words is not None:
        before = words[: words.index(entity[1])]
        offset, length = (len(part.encode("utf-16-le")) // 2 for part in (before, entity[1]))
        body["entities"] = [{"type": entity[0], "offset": offset, "length": length}]
    return Message.de_json(body | more, None)


@pytest.mark.parametrize(
    ("words", "command", "call"),
    [
        ("/ask how many", "/ask", Call("command", "how many", "ask")),
        ("/ASK@Saidso_Bot how many", "/ASK@Saidso_Bot", Call("command", "how many", "ask", True)),
        ("/ask@saidso_bot", "/ask@saidso_bot", Call("command", "", "ask", True)),
        ("/ask@otherbot how many", "/ask@otherbot", None),
        ("/ask@saidso_bot2 how many", "/ask@saidso_bot2", None),
    ],
)
def test_a_command_is_ours_unless_it_names_another_bot(words: str, command: str, call: Call | None) -> None:
    assert called(message(words, ("bot_command", command)), BOT) == call


def test_a_command_for_another_bot_is_not_ours_though_we_are_named_later() -> None:
    words = f"/ask@otherbot is {NAME} any good"
    entities = [
        {"type": "bot_command", "offset": 0, "length": 13},
        {"type": "mention", "offset": words.index(NAME), "length": len(NAME)},
    ]
    assert called(message(words, entities=entities), BOT) is None
    assert called_in_private(message(words, entities=entities), BOT) is None


def test_a_command_in_the_middle_is_no_command() -> None:
    assert called(message("see /ask for that", ("bot_command", "/ask")), BOT) is None


def test_a_mention_counts_by_its_entity_not_by_its_letters() -> None:
    assert called(message(f"{NAME} how many", ("mention", NAME)), BOT) == Call("mention", "how many", by_name=True)
    assert called(message(f"write to{NAME} or x@saidso_bot.example"), BOT) is None
    assert called(message("@saidso_botany how many", ("mention", "@saidso_botany")), BOT) is None


def test_a_mention_is_cut_out_after_letters_that_count_double() -> None:
    heard = called(message(f"💥💥 so {NAME} how many", ("mention", NAME)), BOT)
    assert heard is not None and heard.text == "💥💥 so how many"


def test_a_mention_by_link_counts_too() -> None:
    words = "Saidso how many"
    entities = [{"type": "text_mention", "offset": 0, "length": 6, "user": ME}]
    assert called(message(words, entities=entities), BOT) == Call("mention", "how many", by_name=True)


def test_a_reply_to_our_message_is_for_us_and_one_to_others_is_not() -> None:
    assert called(message("and in Gwadar?", reply_to_message=MINE), BOT) == Call("reply", "and in Gwadar?")
    assert called(message("and in Gwadar?", reply_to_message=THEIRS), BOT) is None
    assert called(message(None, reply_to_message=MINE, sticker=None), BOT) is None


@pytest.mark.parametrize(
    "root", [{"message_id": 5}, {"message_id": 6, "forum_topic_created": {"name": "A", "icon_color": 1}}]
)
def test_the_first_message_of_a_topic_is_no_reply_to_us(root: dict[str, Any]) -> None:
    topic: dict[str, Any] = {"is_topic_message": True, "message_thread_id": 5, "reply_to_message": MINE | root}
    assert called(message("good morning all", **topic), BOT) is None


def test_a_reply_to_our_message_inside_a_topic_is_one() -> None:
    topic: dict[str, Any] = {"is_topic_message": True, "message_thread_id": 2, "reply_to_message": MINE}
    assert called(message("and in Gwadar?", **topic), BOT) == Call("reply", "and in Gwadar?")


def test_the_statement_to_check_is_anothers_message_or_the_part_quoted() -> None:
    assert to_check(message("true?", reply_to_message=THEIRS), BOT) == "84 soldiers died"
    assert to_check(message("true?", reply_to_message=MINE), BOT) == ""
    quote = {"text": "84 soldiers", "position": 0}
    assert to_check(message("true?", reply_to_message=THEIRS, quote=quote), BOT) == "84 soldiers"
    caption: dict[str, Any] = {key: value for key, value in THEIRS.items() if key != "text"} | {
        "caption": "31 civilians died"
    }
    assert to_check(message("true?", reply_to_message=caption), BOT) == "31 civilians died"


def test_bots_inline_results_and_copied_posts_are_no_persons() -> None:
    bot = {"id": 99, "is_bot": True, "first_name": "Other", "username": "otherbot"}
    assert is_person(message("hello"))
    sender: dict[str, Any] = {"from": bot}
    assert not is_person(message("hello", **sender))
    assert not is_person(message("hello", via_bot=bot))
    assert not is_person(message("hello", is_automatic_forward=True, sender_chat={"id": -2, "type": "channel"}))


@pytest.mark.parametrize("account", [1087968824, 136817688])
def test_who_writes_as_the_group_or_as_a_channel_is_a_person_told_by_that_chat(account: int) -> None:
    behind = {"id": account, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    sender: dict[str, Any] = {"from": behind, "sender_chat": {"id": -1, "type": "supergroup"}}
    written = message("hello", **sender)
    assert is_person(written)
    assert asker(written) == -1


def test_in_private_every_message_is_for_us() -> None:
    assert called_in_private(message("how many"), BOT) == Call("message", "how many")
    assert called_in_private(message(f"{NAME} how many", ("mention", NAME)), BOT) == Call("message", "how many")
    assert called_in_private(message("/chart", ("bot_command", "/chart")), BOT) == Call("command", "", "chart")
