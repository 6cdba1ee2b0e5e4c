"""Every job, in the order of the day; of two at the same minute the upper one runs first.

A new job is one file and one line here, and its hour in models.policies.Schedule.
"""

from scheduler import burden, chase, digests, health_rounds, lesson, nudge_checkin, nudge_report, open_day, preflight
from scheduler.job import Job, each_branch, each_group

JOBS: tuple[Job, ...] = (
    Job("open_day", each_group, open_day.run),
    Job("health_morning", each_branch, health_rounds.morning),
    Job("nudge_checkin", each_group, nudge_checkin.run),
    Job("chase", each_group, chase.run),
    Job("digest_group", each_group, digests.group_morning),
    Job("digest_branch", each_branch, digests.branch_morning),
    Job("preflight", each_branch, preflight.run),
    Job("health_noon", each_branch, health_rounds.noon),
    Job("lesson", each_group, lesson.run),
    Job("burden", each_group, burden.run),
    Job("nudge_report", each_group, nudge_report.run),
    Job("health_evening", each_branch, health_rounds.evening),
    Job("digest_group_evening", each_group, digests.group_evening),
    Job("digest_branch_evening", each_branch, digests.branch_evening),
)
