"""A case that leaves somebody's hands, or goes to an office above or below because of who serves there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.inside.filing import announce, redraw, served_office
from bot.inside.together import follow, tell
from handlers.events import CaseMoved
from handlers.life import BARU, DITANGANI, ENDED
from handlers.triage import may_handle
from place.areas import office_name
from storage import cases, offices

if TYPE_CHECKING:
    from bot.inside.act import Act
    from storage.cases import Case

TOLD = {"naik_benturan": "naik"}  # a reporter hears where the case is, not why


def release(act: Act, case: Case, by: int | None) -> None:
    """It is in nobody's hands any more; what was only taken is new again."""
    back = case.status == DITANGANI
    cases.move(act.work.writing(), case, act.now, holder=None, status=BARU if back else case.status)
    act.work.record(case, act.now, "lepas", staff_id=by)
    redraw(act, case)
    if back:
        tell(act, case, CaseMoved(case.ticket, BARU, office_name(case.office)))


def goes(act: Act, case: Case, office: str, action: str, by: int | None = None) -> None:
    """The case goes down to an office that has somebody now, or up from one that has nobody left (who may see it)."""
    holder = offices.officer(act.work.reading, act.means.keys, case.holder) if case.holder else None
    if holder and not may_handle(holder.role, holder.office, office):
        release(act, case, by)  # a panwascam of the office that it leaves
    cases.move(act.work.writing(), case, act.now, office=office, offered="", offer_ends=0)
    act.work.record(case, act.now, action, office=office)
    follow(act, case)
    redraw(act, case, moved=True)
    tell(act, case, CaseMoved(case.ticket, TOLD.get(action, action), office_name(office)))


def opened_again(act: Act, case: Case, before: str, by: int | None) -> None:
    """What was over lies where it was, whoever left since: open again, it goes where somebody may handle it."""
    if before not in ENDED or case.status in ENDED:
        return
    served = offices.served(act.work.reading, case.office)
    lifted(act, case, "naik_benturan" if served else "naik", by)


def lifted(act: Act, case: Case, action: str, by: int | None = None) -> str:
    """Where nobody is left at its office who may handle it, it is the business of the office above; its name, or "".

    It stays where nobody serves above either: whoever comes first finds it. A panwascam counts for none here, not even
    of its own kecamatan (docs/adr/0022).
    """
    up, heard = served_office(act, case.office, case.barred)
    if not heard or up == case.office:
        return ""
    goes(act, case, up, action, by)
    announce(act, case)
    return office_name(up)
