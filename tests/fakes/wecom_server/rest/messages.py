"""Messages of an app to people: sending, changing a card, taking back."""

import json
import secrets
from datetime import timedelta
from typing import Any

from tests.fakes.wecom_server import cards, contents
from tests.fakes.wecom_server.company import App
from tests.fakes.wecom_server.errors import RefusedError
from tests.fakes.wecom_server.ledger import Message
from tests.fakes.wecom_server.platform import Platform, ResponseCode
from tests.fakes.wecom_server.rest.endpoint import Asked
from tests.fakes.wecom_server.windows import DAY, HOUR, MINUTE

LONGEST_CHECK = 14400


def own(platform: Platform, app: App, agent_id: Any) -> None:
    """Refuse an agent id that is nobody's, or another app's."""
    known = {one.agent_id for one in platform.company.apps}
    if not str(agent_id).isdecimal() or int(agent_id) not in known:
        raise RefusedError(40056)
    if int(agent_id) != app.agent_id:
        raise RefusedError(301002)


def send(platform: Platform, asked: Asked) -> dict[str, Any]:
    """Send to people, departments and tags; what one person gets too often is dropped, and the answer does not say so."""
    app, body = asked.app, asked.body
    own(platform, app, body.get("agentid"))
    kind, content = contents.take(contents.of_app(platform.has_media("")), body)
    people, invalid = _recipients(platform, app, body)
    if kind == "template_card":
        platform.claim_task(f"app {app.agent_id}", content)
    if not all(platform.windows.take(("app day", app.agent_id), platform.now(), (platform.rules.app_per_day, DAY)) for _ in people):
        raise RefusedError(45009)
    shown = []
    for who in people:
        if _swallowed(platform, app, who, kind, content, body):
            continue
        shown.append(platform.show("app", str(app.agent_id), kind, content, to=who))
    msgid = secrets.token_urlsafe(40)
    for message in shown:
        message.msgid = msgid
    platform.sent[msgid] = (app, platform.now(), shown)
    answer = {**invalid, "msgid": msgid}
    if kind == "template_card" and content["card_type"] in cards.INTERACTIVE:
        answer["response_code"] = grant(platform, app, shown)
    return answer


def grant(platform: Platform, app: App, messages: list[Message]) -> str:
    """A code with which a card can be changed once."""
    code = secrets.token_urlsafe(40)
    platform.response_codes[code] = ResponseCode(app, messages, platform.now() + platform.rules.response_code_life)
    return code


def _recipients(platform: Platform, app: App, body: dict[str, Any]) -> tuple[list[str], dict[str, str]]:
    """Who gets it, in the company's order, and the lists of those who do not."""
    users, parties, tags = (_listed(body, name) for name in ("touser", "toparty", "totag"))
    if not (users or parties or tags):
        raise RefusedError(82001)
    for listed, most, code in ((users, 1000, 40032), (parties, 100, 82002), (tags, 100, 82003)):
        if len(listed) > most:
            raise RefusedError(code)
    company, seen = platform.company, platform.company.sees(app)
    if users == ["@all"]:
        parties, tags, wanted, strangers = [], [], set(seen), []
    else:
        known = {name: company.people[name.lower()].userid for name in users if name.lower() in company.people}
        wanted = {userid for userid in known.values() if userid in seen}
        strangers = [name.lower() for name in users if known.get(name) not in wanted]
    bad_parties = [party for party in parties if not (party.isdecimal() and int(party) in company.sees_departments(app))]
    bad_tags = [tag for tag in tags if tag not in {str(number) for number, _ in company.tags}]
    for party in set(parties) - set(bad_parties):
        wanted |= company.within(int(party)) & seen
    for number, members in company.tags:
        if str(number) in tags:
            wanted |= set(members) & seen
    unlicensed = {user.userid for user in company.users if not user.licensed}
    if not wanted:
        raise RefusedError(81013)
    people = [user.userid for user in company.users if user.userid in wanted - unlicensed]
    lists = {"invaliduser": strangers, "invalidparty": bad_parties, "invalidtag": bad_tags, "unlicenseduser": sorted(wanted & unlicensed)}
    return people, {name: "|".join(listed) for name, listed in lists.items()}


def _listed(body: dict[str, Any], name: str) -> list[str]:
    return [part for part in str(body.get(name) or "").split("|") if part]


def _swallowed(platform: Platform, app: App, who: str, kind: str, content: dict[str, Any], body: dict[str, Any]) -> bool:
    now, rules = platform.now(), platform.rules
    if body.get("enable_duplicate_check") == 1:
        span = timedelta(seconds=min(int(body.get("duplicate_check_interval", 1800)), LONGEST_CHECK))
        if platform.repeated((app.agent_id, who, kind, json.dumps(content, sort_keys=True)), span):
            platform.drop("duplicate", "app", who, body)
            return True
    if not platform.windows.take(("app", app.agent_id, who), now, (rules.person_per_minute, MINUTE), (rules.person_per_hour, HOUR)):
        platform.drop("too often", "app", who, body)
        return True
    return False


def update_template_card(platform: Platform, asked: Asked) -> dict[str, Any]:
    """Change a card that was sent, with the code of the sending or of the press: once, within 72 hours."""
    app, body = asked.app, asked.body
    own(platform, app, body.get("agentid"))
    code = platform.response_codes.get(str(body.get("response_code", "")))
    if code is None or code.used or code.app != app or platform.now() >= code.until:
        raise RefusedError(60140)
    if not (body.get("userids") or body.get("partyids") or body.get("tagids") or body.get("atall")):
        raise RefusedError(82001)
    if not isinstance(body.get("button"), dict) and not isinstance(body.get("template_card"), dict):
        raise RefusedError(40058, "button and template_card missing. invalid Request Parameter")
    card = cards.check(body["template_card"]) if isinstance(body.get("template_card"), dict) else None
    code.used = True
    wanted = {name.lower() for name in body.get("userids") or []}
    for party in body.get("partyids") or []:
        wanted |= {userid.lower() for userid in platform.company.within(int(party))}
    for message in code.messages:
        if message.card is not None and (body.get("atall") or str(message.to).lower() in wanted):
            message.update(card or cards.greyed(message.card, str(body["button"].get("replace_name", ""))))
    holders = {str(message.to).lower() for message in code.messages}
    return {"invaliduser": sorted({name.lower() for name in body.get("userids") or []} - holders)}


def recall(platform: Platform, asked: Asked) -> dict[str, Any]:
    """Take a message back within 24 hours."""
    sent = platform.sent.get(str(asked.body.get("msgid", "")))
    if sent is None or sent[0] != asked.app or platform.now() > sent[1] + platform.rules.recall_window:
        raise RefusedError(40058, "msgid invalid. invalid Request Parameter")
    for message in sent[2]:
        message.recalled = True
    return {}
