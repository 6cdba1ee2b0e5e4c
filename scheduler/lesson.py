"""12:40: a micro-lesson into each group's room."""

from models import teaching
from models.outbox import NoticeKind, Priority
from scheduler.job import Slot
from services import reach, teach
from services.notify import post
from services.work import Work


def run(work: Work, group_id: str, slot: Slot) -> None:
    """Give a group the lesson that is next for it, in the room in which it is best reached."""
    lesson = teach.next_for_group(work, group_id)
    room = reach.room_of(work, "group", group_id)
    if lesson is None or room is None:
        return
    text = teach.lesson_text(work, lesson, slot.late(work), in_room=True)
    number = post(work, room, text, NoticeKind.LESSON, Priority.DIGEST, expires_at=slot.expires_at, image=lesson.image_path)
    teaching.note_push(work.session, lesson.slug, work.now, group_id=group_id, notice_id=number)
