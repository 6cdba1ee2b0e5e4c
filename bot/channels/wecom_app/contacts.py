"""The contacts (通讯录) of WeCom, as far as the app's visible scope goes. Read-only."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from bot.channels.settings import WecomApp
from bot.channels.wecom.errors import WeComError, no_answer
from bot.channels.wecom.rest import AppApi, Rest
from bot.config import ConfigError
from models.contacts import Contact, ContactsError, Department
from models.roster_sheet import plain_name

T = TypeVar("T")

DISABLED: Final = 2
LEFT: Final = 5

_CONSOLE = "请在企业微信管理后台的“应用管理”里打开这个自建应用，"
_WRONG_SECRET = "企业ID（corp_id）或应用的 Secret 不对，请在管理后台重新复制到 channels.wecom_app。"  # noqa: S105  (says so, and is none)
_SCOPE = f"应用看不到要读的部门：{_CONSOLE}把“可见范围”设为要用机器人的部门。"
ADVICE: Final[Mapping[str, str]] = {
    "invalid_secret": _WRONG_SECRET,
    "illegal_secret": _WRONG_SECRET,
    "invalid_corp_id": _WRONG_SECRET,
    "address_not_trusted": f"这台电脑的出口 IP 不被信任：{_CONSOLE}在“企业可信IP”里加上它，约一分钟后生效。",
    "no_privilege": _SCOPE,
    "unknown_department": _SCOPE,
    "user_not_in_scope": _SCOPE,
    "out_of_scope": _SCOPE,
    "api_not_authorised": f"这个应用没有读通讯录的权限：{_CONSOLE}确认 Secret 是它的，不是别的助手的。",
    "api_forbidden": f"这个应用没有读通讯录的权限：{_CONSOLE}确认 Secret 是它的，不是别的助手的。",
    "sync_from_new_address": f"这是“通讯录同步助手”的 Secret，从这里读不了姓名：{_CONSOLE}换成它的 Secret。",
    "app_disabled": f"应用停用了：{_CONSOLE}启用它。",
    "app_forbidden": f"应用不许调用接口：{_CONSOLE}检查它的状态。",
    "too_many_calls": "今天读得太多了，请过一会儿再试。",
    "connect_failed": "连不上企业微信，请检查网络和 channels.wecom_app.api_base。",
    "tls_failed": "和企业微信的加密连接建不起来，请检查电脑的时间、证书和 channels.wecom_app.api_base。",
    "timeout": "企业微信很久没有答复，请检查网络，过一会儿再试。",
}
"""What to do about an error, by its name."""


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Department(_Wire):
    id: int
    name: str = ""
    parentid: int = 0
    order: int = 0


class _User(_Wire):
    userid: str
    name: str = ""
    open_userid: str = ""
    department: tuple[int, ...] = ()
    is_leader_in_dept: tuple[int, ...] = ()
    main_department: int | None = None
    status: int = 1


_DEPARTMENTS = TypeAdapter(tuple[_Department, ...])
_USERS = TypeAdapter(tuple[_User, ...])


async def read_contacts(app: WecomApp) -> tuple[list[Department], list[Contact]]:
    """All departments and people that the app of the settings may see; raises ConfigError where the settings name none."""
    if app.corp_id is None or app.secret is None:
        raise ConfigError(["channels.wecom_app: corp_id and secret are needed to read the contacts of WeCom; add them"])
    rest = Rest(app.api_base)
    await rest.open()
    try:
        contacts = Contacts(AppApi(rest, app.corp_id, app.secret.get_secret_value(), lambda: datetime.now(UTC)))
        departments = await contacts.departments()
        return departments, await contacts.people(departments)
    finally:
        await rest.close()


class Contacts:
    """Reads in the name of an app. Raises ContactsError with one line that says what to set right."""

    def __init__(self, api: AppApi) -> None:
        self._api = api

    async def departments(self) -> list[Department]:
        """The departments that the app may see, in the order of the contacts: what stands first there has the largest number."""
        rows = await self._ask("/cgi-bin/department/list", {}, "department", _DEPARTMENTS)
        return [Department(id=row.id, name=plain_name(row.name), parent=row.parentid) for row in sorted(rows, key=lambda row: -row.order)]

    async def people(self, departments: Sequence[Department]) -> list[Contact]:
        """Everybody in these departments; whoever is in several comes several times."""
        found = []
        for one in departments:  # one after the other: asking for those below at once was withdrawn for new apps
            rows = await self._ask("/cgi-bin/user/list", {"department_id": str(one.id)}, "userlist", _USERS)
            found += [_contact(row) for row in rows]
        return found

    async def _ask(self, path: str, query: Mapping[str, str], field: str, kind: TypeAdapter[T]) -> T:
        try:
            answer = await self._api.call("GET", path, query=query)
            return _read(answer.get(field), kind)
        except WeComError as error:
            raise ContactsError([f"通讯录：{ADVICE.get(error.reason, '企业微信没有答应，请过一会儿再试。')}（{error}）"]) from None


def _read(rows: Any, kind: TypeAdapter[T]) -> T:
    try:
        return kind.validate_python(rows)
    except ValidationError:
        raise no_answer("malformed") from None


def _contact(row: _User) -> Contact:
    """A person; a name that only repeats the id is none: that is how a platform keeps it to itself."""
    hidden = {row.userid.lower(), row.open_userid.lower()}
    return Contact(
        userid=row.userid,
        name="" if row.name.lower() in hidden else plain_name(row.name),
        departments=row.department,
        leads=frozenset(one for one, leads in zip(row.department, row.is_leader_in_dept, strict=False) if leads),
        main=row.main_department,
        employed=row.status not in {DISABLED, LEFT},
    )
