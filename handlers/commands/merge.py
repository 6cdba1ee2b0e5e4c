"""合并 12 到 8: two cases that are the same thing."""

import re

from handlers.incoming import Answer, Incoming
from services import case_merging

_NUMBER = r"\s*(?:事项)?\s*[#＃]?\s*"
PATTERN = re.compile(
    rf"(?:合并|并案){_NUMBER}(?P<number>\d{{1,9}})\s*号?\s*(?:到|进|入|和|与|跟|、|,|，|\s)+{_NUMBER}(?P<into>\d{{1,9}})\s*号?"
    rf"|(?:把|将)?{_NUMBER}(?P<first>\d{{1,9}})\s*号?\s*(?:并入|并到|并进|合并到|合并进){_NUMBER}(?P<second>\d{{1,9}})\s*号?"
)


def run(incoming: Incoming, match: re.Match[str]) -> Answer:
    """合并 12 到 8, 12 并入 8."""
    number, into = match["number"] or match["first"], match["into"] or match["second"]
    return Answer(private=case_merging.merge(incoming.work, incoming.sender, int(number), int(into)))
