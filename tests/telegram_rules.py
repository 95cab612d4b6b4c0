"""What Telegram refuses: broken HTML, texts and buttons that are too long, results that are too many."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

TAGS = frozenset({"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote"}) | frozenset(
    {"tg-spoiler", "span", "a", "tg-emoji", "tg-time"}
)
ATTRIBUTES = {
    "a": r'href="[^"<>]*"',
    "span": r'class="tg-spoiler"',
    "blockquote": "expandable",
    "code": r'class="language-[^"]+"',
    "tg-emoji": r'emoji-id="\d+"',
    "tg-time": r'unix="-?\d+"( format="[a-zA-Z]*")?',
}
TOKEN = re.compile(r"<(/?)([a-zA-Z-]*)((?:\s[^<>]*)?)>|([<>])|&(#\d+;|#x[0-9a-fA-F]+;|[a-zA-Z]+;)?")
ENTITIES = frozenset({"lt;", "gt;", "amp;", "quot;"})


class Refused(Exception):
    """Telegram's answer to a call that breaks a rule: its error code, description and parameters."""

    def __init__(self, description: str, code: int = 400, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def units(text: str) -> int:
    """The length as Telegram counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def visible(html: str) -> str:
    """The text without its tags; raises Refused where Telegram cannot parse them, or would be guessing."""
    open_tags: list[str] = []
    for found in TOKEN.finditer(html):
        closing, tag, attributes, bare, entity = found.groups()
        if bare:
            raise _unparsed(f"Unescaped {bare!r} at byte offset {found.start()}")
        if tag is None and found.group().startswith("&"):
            if entity is None or not (entity in ENTITIES or entity.startswith("#")):
                raise _unparsed(f"Unescaped '&' or unknown entity at byte offset {found.start()}")
        elif closing:
            if not open_tags or open_tags.pop() != tag:
                raise _unparsed(f"Unexpected end tag at byte offset {found.start()}")
        else:
            _check_tag(tag, attributes.strip(), found.start())
            open_tags.append(tag)
    if open_tags:
        raise _unparsed(f'Can\'t find end tag corresponding to start tag "{open_tags[-1]}"')
    return unescape(re.sub(r"<[^<>]*>", "", html))


def _check_tag(tag: str, attributes: str, at: int) -> None:
    if tag not in TAGS:
        raise _unparsed(f'Unsupported start tag "{tag}" at byte offset {at}')
    wanted = ATTRIBUTES.get(tag, "")
    if attributes and not re.fullmatch(wanted, attributes):
        raise _unparsed(f'Unsupported attributes of "{tag}" at byte offset {at}')


def _unparsed(what: str) -> Refused:
    return Refused(f"Bad Request: can't parse entities: {what}")


def check_text(text: str, parse_mode: str | None, limit: int = 4096) -> None:
    """A message text or caption: parsable, not empty, and within the limit after parsing."""
    seen = visible(text) if parse_mode == "HTML" else text
    if parse_mode not in {None, "", "HTML"}:
        raise Refused("Bad Request: unsupported parse_mode")
    if limit == 4096 and not seen.strip():
        raise Refused("Bad Request: message text is empty")
    if units(seen) > limit:
        raise Refused(
            "Bad Request: message is too long" if limit == 4096 else "Bad Request: message caption is too long"
        )


def check_markup(markup: Mapping[str, Any] | None) -> None:
    """Inline buttons: each with a text and one action, callback data of 1 to 64 bytes."""
    rows = (markup or {}).get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            raise Refused("Bad Request: inline keyboard button text must be non-empty")
        data = button.get("callback_data")
        if data is not None and not 1 <= len(data.encode()) <= 64:
            raise Refused("Bad Request: BUTTON_DATA_INVALID")
        if len(set(button) - {"text", "style", "icon_custom_emoji_id"}) != 1:
            raise Refused("Bad Request: inline keyboard button must have exactly one action")
    if sum(map(len, rows)) > 100:
        raise Refused("Bad Request: REPLY_MARKUP_TOO_LONG")


def check_result(result: Mapping[str, Any]) -> None:
    """One inline result: an id of 1 to 64 bytes, a title where it is an article, a valid text."""
    if not 1 <= len(str(result.get("id", "")).encode()) <= 64:
        raise Refused("Bad Request: RESULT_ID_INVALID")
    if result["type"] == "article" and not result.get("title"):
        raise Refused("Bad Request: article title is empty")
    content = result.get("input_message_content")
    if content:
        check_text(content["message_text"], content.get("parse_mode"))
    if "caption" in result:
        check_text(result["caption"], result.get("parse_mode"), 1024)
    check_markup(result.get("reply_markup"))


def check_results(results: list[Mapping[str, Any]]) -> None:
    """The results of an inline query: at most 50, each valid, no id twice."""
    if len(results) > 50:
        raise Refused("Bad Request: RESULTS_TOO_MUCH")
    for result in results:
        check_result(result)
    if len({result["id"] for result in results}) != len(results):
        raise Refused("Bad Request: RESULT_ID_DUPLICATE")


def check_commands(commands: list[Mapping[str, str]]) -> None:
    """A menu: at most 100 commands of a-z, 0-9 and _, each with a description of 1 to 256 characters."""
    if len(commands) > 100:
        raise Refused("Bad Request: BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise Refused("Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= units(command["description"]) <= 256:
            raise Refused("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
