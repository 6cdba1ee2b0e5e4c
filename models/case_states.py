"""The life of a case: its states, its moves, and which move leads from where to where. A pair that is not in the table is refused."""

from enum import StrEnum


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    """Raised; nobody has said they have it. It climbs."""
    ACKNOWLEDGED = "acknowledged"
    """Somebody has it."""
    PROPOSED = "proposed"
    """Whoever has it says it is over; the reporter is asked."""
    CLOSED = "closed"
    """The reporter says it is over, or it became part of another case."""


class CaseMove(StrEnum):
    """What can happen to a case."""

    ACKNOWLEDGE = "acknowledge"
    HAND_OVER = "hand_over"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    OVERRIDE = "override"
    """A second person says for the reporter that it is over."""
    REOPEN = "reopen"
    CLIMB = "climb"
    LAPSE = "lapse"
    """Whoever has it has been silent for too long."""
    MERGE = "merge"
    """It became part of another case."""
    WORSEN = "worsen"
    PRESS = "press"
    """Who is in need says once more that it cannot wait."""
    ASK_AGAIN = "ask_again"
    """The clock asks once more whether it is over."""
    NOTE = "note"
    FOLLOW = "follow"
    """Its member has gone to another group or branch."""


MOVES: dict[tuple[CaseState, CaseMove], CaseState] = {
    (CaseState.OPEN, CaseMove.ACKNOWLEDGE): CaseState.ACKNOWLEDGED,
    (CaseState.OPEN, CaseMove.HAND_OVER): CaseState.OPEN,
    (CaseState.OPEN, CaseMove.PROPOSE): CaseState.PROPOSED,
    (CaseState.OPEN, CaseMove.CONFIRM): CaseState.CLOSED,
    (CaseState.OPEN, CaseMove.CLIMB): CaseState.OPEN,
    (CaseState.OPEN, CaseMove.WORSEN): CaseState.OPEN,
    (CaseState.OPEN, CaseMove.PRESS): CaseState.OPEN,
    (CaseState.OPEN, CaseMove.NOTE): CaseState.OPEN,
    (CaseState.OPEN, CaseMove.FOLLOW): CaseState.OPEN,
    (CaseState.OPEN, CaseMove.MERGE): CaseState.CLOSED,
    (CaseState.ACKNOWLEDGED, CaseMove.ACKNOWLEDGE): CaseState.ACKNOWLEDGED,
    (CaseState.ACKNOWLEDGED, CaseMove.LAPSE): CaseState.OPEN,
    (CaseState.ACKNOWLEDGED, CaseMove.HAND_OVER): CaseState.OPEN,
    (CaseState.ACKNOWLEDGED, CaseMove.PROPOSE): CaseState.PROPOSED,
    (CaseState.ACKNOWLEDGED, CaseMove.CONFIRM): CaseState.CLOSED,
    (CaseState.ACKNOWLEDGED, CaseMove.MERGE): CaseState.CLOSED,
    (CaseState.ACKNOWLEDGED, CaseMove.WORSEN): CaseState.OPEN,
    (CaseState.ACKNOWLEDGED, CaseMove.PRESS): CaseState.ACKNOWLEDGED,
    (CaseState.ACKNOWLEDGED, CaseMove.NOTE): CaseState.ACKNOWLEDGED,
    (CaseState.ACKNOWLEDGED, CaseMove.FOLLOW): CaseState.ACKNOWLEDGED,
    (CaseState.PROPOSED, CaseMove.CONFIRM): CaseState.CLOSED,
    (CaseState.PROPOSED, CaseMove.OVERRIDE): CaseState.CLOSED,
    (CaseState.PROPOSED, CaseMove.REOPEN): CaseState.OPEN,
    (CaseState.PROPOSED, CaseMove.HAND_OVER): CaseState.OPEN,
    (CaseState.PROPOSED, CaseMove.MERGE): CaseState.CLOSED,
    (CaseState.PROPOSED, CaseMove.WORSEN): CaseState.OPEN,
    (CaseState.PROPOSED, CaseMove.ASK_AGAIN): CaseState.PROPOSED,
    (CaseState.PROPOSED, CaseMove.NOTE): CaseState.PROPOSED,
    (CaseState.PROPOSED, CaseMove.FOLLOW): CaseState.PROPOSED,
    (CaseState.CLOSED, CaseMove.CONFIRM): CaseState.CLOSED,
    (CaseState.CLOSED, CaseMove.REOPEN): CaseState.OPEN,
    (CaseState.CLOSED, CaseMove.ASK_AGAIN): CaseState.CLOSED,
}
"""A case that is handed over, reopened, got worse, or of which nothing was heard for too long is open again: somebody must say that they
have it, and until then it climbs. The person who raised it may say at any time that it is over. Whoever has it may say so again, and it is
confirmed once more when its reporter is asked again."""


def after(state: CaseState, move: CaseMove) -> CaseState | None:
    """The state that `move` leads to from `state`; None where the move is not possible there."""
    return MOVES.get((state, move))
