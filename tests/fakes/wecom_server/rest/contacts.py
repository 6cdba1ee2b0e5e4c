"""The directory, as far as the asking app may see it."""

from typing import Any

from tests.fakes.wecom_server.company import App, Department, User
from tests.fakes.wecom_server.errors import RefusedError
from tests.fakes.wecom_server.platform import Platform
from tests.fakes.wecom_server.rest.endpoint import Asked


def department_list(platform: Platform, asked: Asked) -> dict[str, Any]:
    """A department and those below it, with names."""
    found = _departments(platform, asked)
    return {"department": [_brief(one) | {"name": one.name, "name_en": "", "department_leader": []} for one in found]}


def department_simplelist(platform: Platform, asked: Asked) -> dict[str, Any]:
    """A department and those below it, only their ids."""
    return {"department_id": [_brief(one) for one in _departments(platform, asked)]}


def user_simplelist(platform: Platform, asked: Asked) -> dict[str, Any]:
    """The people of one department, without those below it."""
    return {"userlist": [_named(user) for user in _people(platform, asked)]}


def user_list(platform: Platform, asked: Asked) -> dict[str, Any]:
    """The people of one department with more about each."""
    return {"userlist": [_detailed(user) for user in _people(platform, asked)]}


def user_get(platform: Platform, asked: Asked) -> dict[str, Any]:
    """One person."""
    user = platform.company.people.get(asked.query.get("userid", "").lower())
    if user is None:
        raise RefusedError(60111)
    if user.userid not in platform.company.sees(asked.app):
        raise RefusedError(60011)
    return _detailed(user)


def openuserid_to_userid(platform: Platform, asked: Asked) -> dict[str, Any]:
    """Plain ids for encrypted ones; those that are plain already, or out of scope, come back as invalid."""
    wanted = asked.body.get("open_userid_list")
    if not isinstance(wanted, list) or not 1 <= len(wanted) <= 1000:
        raise RefusedError(40058)
    seen = platform.company.sees(asked.app)
    known = {user.open_userid: user.userid for user in platform.company.users if user.open_userid and user.userid in seen}
    return {
        "userid_list": [{"open_userid": one, "userid": known[one]} for one in wanted if one in known],
        "invalid_open_userid_list": [one for one in wanted if one not in known],
    }


def _departments(platform: Platform, asked: Asked) -> list[Department]:
    seen = platform.company.sees_departments(asked.app)
    if not asked.query.get("id"):
        return [one for one in platform.company.departments if one.id in seen]
    return list(platform.company.below(_visible(platform, asked.app, asked.query["id"])))


def _people(platform: Platform, asked: Asked) -> list[User]:
    department = _visible(platform, asked.app, asked.query.get("department_id", ""))
    seen = platform.company.sees(asked.app)
    return [user for user in platform.company.users if department in user.departments and user.userid in seen]


def _visible(platform: Platform, app: App, number: str) -> int:
    if not number.isdecimal() or int(number) not in {one.id for one in platform.company.departments}:
        raise RefusedError(60003)
    if int(number) not in platform.company.sees_departments(app):
        raise RefusedError(60011)
    return int(number)


def _brief(one: Department) -> dict[str, Any]:
    return {"id": one.id, "parentid": one.parent, "order": 100_000_000 - one.id}


def _named(user: User) -> dict[str, Any]:
    return {"userid": user.userid, "name": user.name, "department": list(user.departments), "open_userid": user.open_userid}


def _detailed(user: User) -> dict[str, Any]:
    return _named(user) | {
        "order": [0 for _ in user.departments],
        "position": user.position,
        "status": user.status,
        "isleader": int(bool(user.leads)),
        "is_leader_in_dept": [int(one in user.leads) for one in user.departments],
        "direct_leader": [],
        "main_department": user.departments[0] if user.main is None else user.main,
        "alias": "",
        "telephone": "",
        "english_name": "",
        "extattr": {"attrs": []},
        "external_position": "",
    }
