"""What stands beside a message's words, as the Bot API's JSON: buttons, options, where it answers to."""

from typing import Any

from reporting.say import Button, Say


def of_edit(say: Say) -> dict[str, Any]:
    """What an edited text is sent with."""
    lines = [[_key(button) for button in line] for line in say.buttons]
    return {"reply_markup": {"inline_keyboard": lines}} if lines else {}


def of_new(say: Say, is_paid: bool) -> dict[str, Any]:
    """What a new message is sent with."""
    made = of_edit(say)
    if say.to.topic is not None:
        made["message_thread_id"] = say.to.topic
    if say.silent:
        made["disable_notification"] = True
    if say.reply_to:
        made["reply_parameters"] = {"message_id": int(say.reply_to), "allow_sending_without_reply": True}
    if is_paid:
        made["allow_paid_broadcast"] = True
    return made


def of_text() -> dict[str, Any]:
    """What a text is sent with besides: addresses in it bring no preview."""
    return {"link_preview_options": {"is_disabled": True}}


def _key(button: Button) -> dict[str, Any]:
    if button.url:
        return {"text": button.text, "url": button.url}
    if button.copy:
        return {"text": button.text, "copy_text": {"text": button.copy}}
    return {"text": button.text, "callback_data": button.press}
