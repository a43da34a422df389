"""A Say as the messages that a channel takes: what it has no room for becomes several, what it cannot show is left out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape

from reporting.channel import Channel, Channels
from reporting.effects import Effect
from reporting.press import Press
from reporting.say import Button, Rank, Say
from reporting.text_pieces import pieces, visible

_TAG = re.compile(r"<[^<>]+>")
_LINK = re.compile(r'<a href="(?P<address>[^"]*)">(?P<words>.*?)</a>', re.DOTALL)


def messages_of(say: Say, channel: Channel) -> list[Say]:
    """The Say as messages that are each one call: a long text in pieces, a long caption after its file.

    The first bears the `key` and what it `edits`, the last the buttons. Every button has something to type instead, every picture
    stands beside a text: where the channel has none they are left out. ValueError where a button carries more than it can.
    """
    say = _shown(say, channel)
    is_bare = say.photo is None and say.document is None and say.shared is None
    if (is_bare or channel.holds_all) and pieces(say.text, channel.text_length) == [say.text]:
        return [_plain(say, channel)]  # what nearly all are
    files = [replace(say, text="", document=None, shared=None)] if say.photo else []
    if say.document:
        files.append(replace(say, text="", photo=None, shared=None))
    if say.shared:
        files.append(replace(say, text="", photo=None, document=None))
    if files and visible(say.text) <= channel.caption_length:
        files[0] = replace(files[0], text=say.text)
        texts: list[Say] = []
    else:
        texts = [
            replace(say, text=piece, photo=None, document=None, shared=None)
            for piece in pieces(say.text, channel.text_length)
        ]
    made = [_plain(each, channel) for each in (*files, *texts)]
    made = [made[0], *(replace(each, edits="", key=f"{each.key}#{n}" if each.key else "") for n, each in _later(made))]
    return [*(replace(each, buttons=()) for each in made[:-1]), made[-1]]


def joined_replies(effects: Sequence[Effect], channels: Channels) -> list[tuple[Effect, int]]:
    """What is said, each with how many it stands for: where one message holds all, replies that follow one another are one, and so is
    a text with the files that stand beside it.
    """
    made = list[tuple[Effect, int]]()
    for effect in effects:
        before = made[-1][0] if made else None
        if isinstance(before, Say) and isinstance(effect, Say) and _go_together(before, effect, channels):
            buttons = (*before.buttons, *effect.buttons)
            one = replace(
                before,
                text="\n\n".join(_texts(before, effect)),
                buttons=buttons,
                photo=before.photo or effect.photo,
                document=before.document or effect.document,
                key=before.key or effect.key,
                beside=before.beside and effect.beside,
            )
            made[-1] = (one, made[-1][1] + 1)
        else:
            made.append((effect, 1))
    return made


def _go_together(before: Say, say: Say, channels: Channels) -> bool:
    """Of one turn, to one address, with one picture and one file at the most."""
    return (
        channels[say.to.channel].holds_all
        and before.to == say.to
        and before.rank == say.rank
        and (say.rank <= Rank.REPLY or before.beside or say.beside)
        and not (before.photo and say.photo)
        and not (before.document and say.document)
        and not (before.key and say.key)
    )


def _texts(before: Say, say: Say) -> list[str]:
    """What is said of both: what stands beside a text names its file alone, which its name does as well."""
    texts = [each.text for each in (before, say) if not each.beside] or [before.text]
    return [each for each in texts if each]


def _shown(say: Say, channel: Channel) -> Say:
    """Without what the channel has not, and each button with the text that it carries."""
    rows = tuple(tuple(_packed(each, channel) for each in line) for line in say.buttons) if channel.has_buttons else ()
    photo = say.photo if channel.has_pictures else None
    document = say.document if channel.has_files else None
    edits = say.edits if channel.can_edit or (say.recalls and channel.can_delete) else ""
    shared = say.shared if say.shared is not None and say.shared.channel == channel.name else None
    recalls = say.recalls and channel.can_delete and edits != ""
    return Say(
        say.to, say.text, rows, photo, document, say.rank, say.key, edits, say.silent, say.reply_to, shared, recalls
    )


def _plain(say: Say, channel: Channel) -> Say:
    if channel.formatting == "html":
        return say
    text = _LINK.sub(lambda link: f"{link['words']}: {link['address']}", say.text)
    return replace(say, text=unescape(_TAG.sub("", text)))


def _packed(button: Button, channel: Channel) -> Button:
    if isinstance(button.press, Press):
        return Button(button.text, button.press.packed(channel.press_size), button.url, button.copy)
    return button


def _later(made: Sequence[Say]) -> list[tuple[int, Say]]:
    return list(enumerate(made))[1:]
