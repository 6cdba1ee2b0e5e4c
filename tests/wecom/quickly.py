"""What must be refused at once, measured by the time of the processor, so that others on the machine disturb it little."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is done meanwhile takes less than so long. What a whole suite has left in memory is not collected: that alone takes longer."""
    gc.disable()
    try:
        began = time.process_time()
        yield
        taken = time.process_time() - began
    finally:
        gc.enable()
    assert taken < seconds
