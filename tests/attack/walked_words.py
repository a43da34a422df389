"""A long walk's words and taps: what each says who walks, and which of the buttons that he or another was shown he presses."""

from collections import Counter
from datetime import date
from random import Random

from tests.attack.walked_district import NAMES, District, Walker
from tests.attack.world import buttons_of

SAID = {
    "reporter": (
        "/baocao", "3", "0", "12", "bỏ qua", "gửi", "đã kiểm tra, số đúng", "1. 7", "/huy", "/capnhat", "nhiều lắm", "lý do: mất điện",
        "đúng", "sửa 1 thành 4", "/lichsu", "không rõ", "quay lại", "nhầm rồi", "làm lại từ đầu", "/capnhat hôm qua",
        "/baocao hôm qua",
        "/tinhhinh", "/tracuu", "/ngonngu", "/nghi", "/bangiao", "/kiemtra", "/donvi", "/huy điều chỉnh", "/dientap",
    ),
    "chair": (
        "/duyet", "duyệt", "/tinhhinh", "/tonghop", "/donvi", "/boduyet", "/tralai {unit}: xem lại số cây", "/lichsu",
        "/giaoban", "/sosanh", "/hoilai {unit} cây mới trồng",
    ),
    "leader": (
        "/tinhhinh", "/tonghop", "/hoilai {unit} cây mới trồng", "/tralai {unit}: sai số", "/molai {unit}", "/molai {unit} hôm qua",
        "/donduc", "/giaoban", "/thongbao: mai họp", "gửi", "/nhansu", "/duyet", "/boduyet", "/donvi {unit}", "/bang",
    ),
    "admin": ("/chuagui", "/nhansu", "/moi", "/donvi {unit}", "/molai {unit}", "/tralai {unit}: sai số", "/tinhhinh", "/bieumau"),
    None: ("/tracuu", "/gopy xin cảm ơn", "/theodoi {unit}", "cây mới trồng {unit} hôm nay?", "hôm qua thì sao", "/quen"),
}  # fmt: skip


class Words:
    """What is done last is in `done`, how often each act in `often`."""

    def __init__(self, district: District) -> None:
        self.district, self.house = district, district.house
        self.done: list[str] = []
        self.often: Counter[str] = Counter()

    def _note(self, what: str) -> None:
        self.done.append(what)

    async def _say(self, walker: Walker, text: str) -> None:
        self._note(f"{walker.name}: {text}")
        await walker.talker.says(text)

    def _anybody(self, chance: Random) -> Walker:
        """Reporters more often than others."""
        return chance.choice(self.district.of("reporter") if chance.random() < 0.4 else self.district.people)

    def today(self) -> date:
        return self.house.simulator.clock.now().astimezone(self.house.settings.zone).date()

    async def _says(self, chance: Random) -> None:
        walker = self._anybody(chance)
        await self._say(walker, chance.choice(SAID[walker.role]).format(unit=chance.choice(list(NAMES.values()))))

    async def _taps_newest(self, chance: Random) -> None:
        await self._tap(self._anybody(chance), None, chance, newest=True)

    async def _taps_any(self, chance: Random) -> None:
        await self._tap(self._anybody(chance), None, chance, newest=False)

    async def _taps_anothers(self, chance: Random) -> None:
        """A button that another was shown."""
        one, other = chance.sample(self.district.people, 2)
        await self._tap(one, other, chance, newest=chance.random() < 0.5)

    async def _tap(self, walker: Walker, of: Walker | None, chance: Random, *, newest: bool) -> None:
        seen = [each for each in (of or walker).talker.person.reads() if each.buttons]
        own = [each for each in walker.talker.person.reads() if each.by_bot]
        if not seen or not own:
            return
        message = seen[-1] if newest else chance.choice(seen)
        press = chance.choice(buttons_of(message) or [""])
        if press and press != "language:en":  # whoever walks reads one language
            self._note(f"{walker.name} taps {press}{f' of {of.name}' if of else ''}")
            walker.talker.person.forges(own[-1] if of else message, press)

    async def _edits(self, chance: Random) -> None:
        """A number that was typed before is typed over."""
        walker = chance.choice(self.district.of("reporter"))
        own = [each for each in walker.talker.person.reads() if not each.by_bot and each.text.isdecimal()]
        if own:
            said, text = chance.choice(own[-6:]), str(chance.randrange(40))
            self._note(f"{walker.name} edits {said.text} into {text}")
            await walker.talker.person.edits(said, text)
