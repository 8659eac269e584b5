"""Small work beside the request, in this process alone: no row, no file and no line tells of it.

For receipts: a row in the outbox would tell that somebody bids. What is not done when the server stops is lost, and
when too much waits the newest is left: a receipt is always on the bidder's own page too.
"""

import threading
from collections import deque
from collections.abc import Callable

MOST = 2_000


class Aside:
    """One thread while there is work; it never keeps the process from ending."""

    def __init__(self) -> None:
        self.waiting: deque[Callable[[], object]] = deque()
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None

    def __call__(self, work: Callable[[], object]) -> None:
        """Do it soon; returns at once. The work touches no database and catches its own errors."""
        with self.lock:
            if len(self.waiting) < MOST:
                self.waiting.append(work)
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self._run, name="aside", daemon=True)
                self.thread.start()

    def _run(self) -> None:
        while work := self._next():
            work()

    def _next(self) -> Callable[[], object] | None:
        """The oldest that waits; with none the thread is over, and the next work begins another."""
        with self.lock:
            if self.waiting:
                return self.waiting.popleft()
            self.thread = None
            return None


aside = Aside()
