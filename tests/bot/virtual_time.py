"""An event loop whose clock jumps to the next thing that is due: a minute takes no time, and is exact."""

from __future__ import annotations

import asyncio
import selectors
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")


class _Jumping(selectors.DefaultSelector):  # type: ignore[valid-type, misc]
    at = 0.0

    def select(self, timeout: float | None = None) -> Any:
        assert timeout is not None, "nothing is due any more"
        self.at += timeout
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.jumping = _Jumping()
        super().__init__(self.jumping)

    def time(self) -> float:
        return self.jumping.at


def run(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run it from time 0 on."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(main())
