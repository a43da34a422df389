"""Which language a text is in, where that is clear: names of places and chat's short forms count for none."""

from typing import Literal

from understanding.folding import fold, tokens_of
from understanding.tokens import pieces_of

_ENGLISH = tokens_of(
    """
    in how many much what which where when who whose is are was were of for with and from by there been have has had does did
    will would could please tell show give get find today yesterday tomorrow tonight day days week weeks month months year
    last this past since until now currently new newly case cases death deaths active total number numbers figure figures
    count situation status update latest report reported reports reporting published source unit units commune communes
    ward wards town towns district province county city list compare compared between than more most fewer least highest
    lowest trend daily every each whole people person patients under treatment not yet hello hi thanks thank you your my me
    help about choose ask question could should cannot cant know want need subscribe follow stop i am im
    """
)
_VIETNAMESE = tokens_of(
    """
    bao nhieu may nhieu hom nay qua xa phuong huyen tran khong ko k la cua toan nao tuan thang ngay dang moi tong so tinh hinh
    nhu duoc cho hoi xin biet co bn hnay hqua ntn o tai va hay hoac voi trong tu den luy ke nguoi truoc roi chua bi nhe ad em
    anh chi bac chau chao cam on lieu cong bo bao cao nguon lenh
    """
)
"""Bare Vietnamese words of questions; «may», «so», «hay», «on», «bi», «o» and «co» are rare enough in English ones."""
_ENOUGH = 2


def language_spoken(text: str) -> Literal["vi", "en"] | None:
    """The language of a text: at least two words more of it than of the other; None where that is not clear."""
    words = [piece.lower() for piece in pieces_of(text) if piece[0].isalpha()]
    english = sum(word in _ENGLISH for word in words)
    vietnamese = sum(fold(word) in _VIETNAMESE and word not in _ENGLISH for word in words)
    if english - vietnamese >= _ENOUGH:
        return "en"
    return "vi" if vietnamese - english >= _ENOUGH else None
