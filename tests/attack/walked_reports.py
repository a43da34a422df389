"""A long walk's reports: answered question by question, whole, corrected, and on their page."""

import re
from random import Random

from tests.attack.walked_district import SECRET, Walker
from tests.attack.walked_words import Words
from tests.attack.world import buttons_of
from tests.report_page.conftest import LINK, Browser

PLACE = re.compile(r"^\((\d+)/(\d+)\)", re.MULTILINE)


class Reports(Words):
    """What a reporter does with his forms."""

    def _answer(self, walker: Walker, text: str, chance: Random) -> str:
        if chance.random() < 0.05:
            return chance.choice(("không rõ", "nhiều lắm", "bỏ qua", "quay lại"))
        secret = f"{SECRET[walker.code]}{chance.randrange(1000):03d}"
        if "cuốc" in text:
            return secret
        if "Ghi chú" in text:
            return f"mật {secret[:2]}.{secret[2:]}"
        return str(100 + chance.randrange(100) if "giường" in text else chance.randrange(40))

    async def _answers(self, chance: Random) -> None:
        """What the question on the screen asks for; where none is, a report is begun or sent."""
        walker = chance.choice(self.district.of("reporter"))
        screen = walker.screen()
        is_asked = screen is not None and PLACE.search(screen.text)
        await self._say(
            walker,
            self._answer(walker, screen.text, chance) if is_asked and screen else chance.choice(("/baocao", "gửi")),
        )

    async def _reports(self, chance: Random) -> None:
        """A whole report, mostly."""
        walker = chance.choice(self.district.of("reporter"))
        await self._say(walker, chance.choice(("/baocao", "/baocao", "/baocao", "/baocao hôm qua")))
        for _ in range(12):
            screen = walker.screen()
            if screen is None or chance.random() < 0.02:
                return
            if PLACE.search(screen.text):
                await self._say(walker, self._answer(walker, screen.text, chance))
            elif screen.text.startswith("Báo cáo ngày") and "Gửi" in screen.labels:
                await self._say(walker, "gửi")
            elif "lý do" in screen.text and any(":why:" in press for press in buttons_of(screen)):
                await self._say(walker, "nhập nhầm số")
            elif (presses := buttons_of(screen)) and "tiếp nhận" not in screen.text:
                press = chance.choice(presses)
                self._note(f"{walker.name} taps {press}")
                walker.talker.person.forges(screen, press)
                await self.house.settled()
            else:
                return

    async def _corrects(self, chance: Random) -> None:
        walker = chance.choice(self.district.of("reporter"))
        name = chance.choice((f"cây mới trồng {chance.randrange(40)}", f"giường trống {100 + chance.randrange(100)}"))
        if chance.random() < 0.3:
            name = f"cuốc {SECRET[walker.code]}{chance.randrange(1000):03d}"
        day = chance.choice(("", "", " hôm qua"))
        reason = chance.choice((", lý do: đếm lại", ""))
        await self._say(walker, f"/capnhat {name}{day}{reason}")
        if not reason:
            await self._say(walker, chance.choice(("đếm lại", "nhầm", "gửi", "/huy")))

    async def _page(self, chance: Random) -> None:
        """The same draft on its page."""
        walker = chance.choice(self.district.of("reporter"))
        await self._say(walker, "/phieu")
        screen = walker.screen()
        if screen is None:
            return
        if " nào" in screen.text and screen.buttons:
            await self._tap(walker, None, chance, newest=True)
            await self.house.settled()
            screen = walker.screen() or screen
        links = [b.url for row in screen.buttons for b in row if LINK.match(b.url)] + LINK.findall(screen.text)
        if not links:
            return
        self._note(f"{walker.name} opens his page")
        browser = Browser(self.district.http)
        page = await browser.opens(links[0])
        asked = [name[2:] for name, _ in page.fields if name.startswith("k:")]
        labels = {"tools": "cuốc", "remark": "Ghi chú", "beds": "giường"}
        typed = {
            f"a:{name}": self._answer(walker, labels.get(name, name), chance) for name in asked if chance.random() < 0.9
        }
        self._note(f"{walker.name} types on the page {typed}")
        await browser.sends_fields(typed, chance.choice(("save", "send", "send")))
        if chance.random() < 0.3:
            await browser.sends_fields({}, "send")
