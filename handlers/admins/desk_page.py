"""/trang: the link by which whoever answers for units opens the desk's page."""

from hashlib import sha256

from reporting.incoming import Message
from reporting.people import Address
from reporting.say import UNKEPT, Say
from services.access import actor_at
from services.context import Context
from services.desk_session import DESK_ROLES, LINK_HOLDS, desk_link


def give_link(message: Message, context: Context) -> list[Say]:
    """The link, for this person, once, ten minutes; only in his own chat."""
    to: Address = message.chat
    words = context.words_for(message)
    actor = actor_at(context, to, "desk", words)
    if not context.duties(actor.person, *DESK_ROLES):
        return context.not_authorised(to, words, "desk")
    if not context.desk_url:
        return [Say(to, words("page_none"))]
    secret = desk_link(context, actor)
    said = words("page_link", link=f"{context.desk_url}/enter?key={secret}", n=LINK_HOLDS.seconds // 60)
    return [Say(to, said, key=f"{UNKEPT}desk {sha256(secret.encode()).hexdigest()[:16]}")]
