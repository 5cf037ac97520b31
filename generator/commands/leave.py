"""How the command ends: Python would take apart all that it made, object for object, which takes as long as a tenth of a build.

The system frees a process at once, whatever is in it. All else is as at the end of any Python: what waits for the end is called (logs,
pools, measurements), the streams are flushed, and the exit code is the same.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Callable

from generator.light import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NoReturn

_held: list[object] = []
_is_ours = False  # the process


def run_process(main: Callable[[], int]) -> NoReturn:
    """Do the work of this process, and end it."""
    global _is_ours
    codes: list[int] = []
    # Who waits for the end is called after those who came later. If somebody (a measurement) was here before us, the end is not ours.
    if not atexit._ncallbacks():
        _is_ours = True
        atexit.register(_leave, codes)
        # Garbage is looked for after so many new objects, by default 700: what imports make is none.
        gc.set_threshold(100_000)
    codes.append(main())
    sys.exit(codes[0])


def hold(*things: object) -> None:
    """Let these things live as long as a process that leaves so, or until others are held. Elsewhere they go as soon as nobody needs them."""
    if _is_ours:
        gc.unfreeze()
        _held[:] = things
        gc.freeze()  # there is no garbage among them


def _leave(codes: list[int]) -> None:
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.flush()
    if codes:
        os._exit(*codes)
