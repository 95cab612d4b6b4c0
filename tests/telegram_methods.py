"""The methods of the Bot API that the bot calls, with what Telegram checks in each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from telegram_rules import Refused, check_commands, check_markup, check_result, check_results, check_text, units
from telegram_state import ME, Call, State


def _send(kind: str, state: State, call: Call) -> dict[str, Any]:
    params = call.params
    chat = state.chat(params.get("chat_id"))
    if kind == "text":
        check_text(params.get("text", ""), params.get("parse_mode"))
    elif kind not in params:
        raise Refused(f"Bad Request: there is no {kind} in the request")
    if "caption" in params:
        check_text(params["caption"], params.get("parse_mode"), 1024)
    check_markup(params.get("reply_markup"))
    content: dict[str, Any] = {"text": params["text"]} if kind == "text" else {"caption": params.get("caption", "")}
    reply = params.get("reply_parameters")
    if reply and (chat["id"], reply["message_id"]) in state.messages:
        content["reply_to_message"] = state.messages[chat["id"], reply["message_id"]] | {"reply_to_message": None}
    elif reply and not reply.get("allow_sending_without_reply"):
        raise Refused("Bad Request: message to be replied not found")
    if "message_thread_id" in params:
        content |= {"message_thread_id": params["message_thread_id"], "is_topic_message": True}
    if params.get("reply_markup"):
        content["reply_markup"] = params["reply_markup"]
    if kind == "photo":
        content["photo"] = [
            {"file_id": f"photo-{len(state.messages)}", "file_unique_id": "p", "width": 90, "height": 90}
        ]
    if kind == "latitude":
        location = {"latitude": params["latitude"], "longitude": params["longitude"]}
        content["venue"] = {"location": location, "title": params["title"], "address": params["address"]}
    return state.new(chat, {k: v for k, v in content.items() if v is not None})


def _edit(kind: str, state: State, call: Call) -> Any:
    params = call.params
    if "inline_message_id" in params:
        return True
    state.chat(params.get("chat_id"))
    message = state.own(params)
    new = {kind: params.get(kind, "")} if kind != "reply_markup" else {}
    if kind != "reply_markup":
        check_text(params.get(kind, ""), params.get("parse_mode"), 4096 if kind == "text" else 1024)
    check_markup(params.get("reply_markup"))
    changed = {**new, "reply_markup": params.get("reply_markup")}
    if all(message.get(key) == value for key, value in changed.items()):
        raise Refused(
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
            "same as a current content and reply markup of the message"
        )
    message.update(changed)
    if message["reply_markup"] is None:
        del message["reply_markup"]
    return message


def _delete(state: State, call: Call) -> bool:
    state.chat(call.params["chat_id"])
    if state.messages.pop((call.params["chat_id"], call.params["message_id"]), None) is None:
        raise Refused("Bad Request: message to delete not found")
    return True


def _member(state: State, call: Call) -> dict[str, Any]:
    chat, user = state.chat(call.params["chat_id"]), call.params["user_id"]
    status = "creator" if (chat["id"], user) in state.admins else "member"
    extra = {"is_anonymous": False} if status == "creator" else {}
    return {"status": status, "user": {"id": user, "is_bot": False, "first_name": "Somebody"}} | extra


def _answer_inline(state: State, call: Call) -> bool:
    check_results(call.params["results"])
    return _once(state, call.params["inline_query_id"])


def _answer_guest(state: State, call: Call) -> dict[str, Any]:
    check_result(call.params["result"])
    _once(state, call.params["guest_query_id"])
    return {"inline_message_id": f"inline-{call.params['guest_query_id']}"}


def _answer_callback(state: State, call: Call) -> bool:
    if units(call.params.get("text", "")) > 200:
        raise Refused("Bad Request: MESSAGE_TOO_LONG")
    return True


def _once(state: State, query: str) -> bool:
    if query in state.answered:
        raise Refused("Bad Request: query is too old and response timeout expired or query ID is invalid")
    state.answered.add(query)
    return True


def _menu(state: State, call: Call) -> bool:
    check_commands(call.params["commands"])
    scope = call.params.get("scope", {"type": "default"})
    state.menus[f"{scope['type']} {call.params.get('language_code', '')}".strip()] = call.params["commands"]
    return True


def _limited(key: str, limit: int) -> Callable[[State, Call], bool]:
    def method(state: State, call: Call) -> bool:
        if units(call.params.get(key, "")) > limit:
            raise Refused(f"Bad Request: {key} is too long")
        state.menus[f"{call.method} {call.params.get('language_code', '')}".strip()] = call.params.get(key, "")
        return True

    return method


def _commands(state: State, call: Call) -> Any:
    scope = call.params.get("scope", {"type": "default"})
    return state.menus.get(f"{scope['type']} {call.params.get('language_code', '')}".strip(), [])


def _told(key: str) -> Callable[[State, Call], dict[str, str]]:
    def method(state: State, call: Call) -> dict[str, str]:
        setter = call.method.replace("get", "set", 1)
        return {key: state.menus.get(f"{setter} {call.params.get('language_code', '')}".strip(), "")}

    return method


def _true(state: State, call: Call) -> bool:
    if "chat_id" in call.params:
        state.chat(call.params["chat_id"])
    return True


METHODS: dict[str, Callable[[State, Call], Any]] = {
    "getMe": lambda state, call: ME,
    "setWebhook": _true,
    "deleteWebhook": _true,
    "getWebhookInfo": _true,
    "sendMessage": lambda state, call: _send("text", state, call),
    "sendPhoto": lambda state, call: _send("photo", state, call),
    "sendVenue": lambda state, call: _send("latitude", state, call),
    "sendLocation": lambda state, call: _send("latitude", state, call),
    "sendChatAction": _true,
    "editMessageText": lambda state, call: _edit("text", state, call),
    "editMessageCaption": lambda state, call: _edit("caption", state, call),
    "editMessageReplyMarkup": lambda state, call: _edit("reply_markup", state, call),
    "deleteMessage": _delete,
    "getChatMember": _member,
    "getChat": lambda state, call: state.chat(call.params["chat_id"]) | {"accent_color_id": 0, "max_reaction_count": 0},
    "leaveChat": _true,
    "answerCallbackQuery": _answer_callback,
    "answerInlineQuery": _answer_inline,
    "answerGuestQuery": _answer_guest,
    "setMyCommands": _menu,
    "deleteMyCommands": _true,
    "getMyCommands": _commands,
    "getMyName": _told("name"),
    "getMyDescription": _told("description"),
    "getMyShortDescription": _told("short_description"),
    "setMyName": _limited("name", 64),
    "setMyDescription": _limited("description", 512),
    "setMyShortDescription": _limited("short_description", 120),
}
