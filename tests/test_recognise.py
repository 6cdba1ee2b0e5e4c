"""Who is who in a chat of an ordinary account: what people call themselves there says it, and what leaves a choice says nothing."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import delete, select

from bot.settings import Settings
from bot.wiring import open_store
from models.directory import Directory, Room, load_directory
from models.nicknames import called
from models.roster import Role
from models.tables.unit import AccountRow, MemberRow
from services.work import Work
from tests.conftest import story_settings
from tests.moving_in import seed_demo
from tests.ordinary import Ordinary, ordinary
from tests.story import numbers_in

G1 = Room("wechaty", "R1", "group", "g1")
B1 = Room("wechaty", "R2", "branch", "b1")
ALL = Room("wechaty", "R3", "organization", "")


def _namesake(name: str, group: str) -> MemberRow:
    return MemberRow(name=name, role=Role.MEMBER, branch_id="b1", group_id=group, aliases=[], post="", trio="", active=True)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    """The demo unit, and in 第二党小组 a second 张伟, in 第三党小组 two called 孙强."""
    folder = tmp_path_factory.mktemp("unit")
    settings = story_settings(f"sqlite:///{folder}/sanwei.db", folder)
    seed_demo(settings)
    store = open_store(settings)
    store.write_now(lambda session: session.add_all([_namesake("张伟", "g2"), _namesake("孙强", "g3"), _namesake("孙强", "g3")]))
    found = store.read_now(lambda session: load_directory(session, "江城市消防救援支队（示例）"))
    store.close()
    return found


@pytest.mark.parametrize(
    ("nickname", "name", "group"),
    [
        ("王磊", "王磊", "g1"),
        (" 王磊 ", "王磊", "g1"),
        ("王 磊", "王磊", "g1"),
        ("一班王磊", "王磊", "g1"),
        ("1班王磊", "王磊", "g1"),
        ("一班-王磊", "王磊", "g1"),
        ("【一班】王磊", "王磊", "g1"),
        ("[战斗一班]王磊", "王磊", "g1"),
        ("王磊（战斗员）", "王磊", "g1"),
        ("王磊|江北站", "王磊", "g1"),
        ("王磊 江北站党支部 一班", "王磊", "g1"),
        ("江北站_一班_王磊_驾驶员", "王磊", "g1"),
        ("03王磊🔥", "王磊", "g1"),
        ("王磊13800000000", "王磊", "g1"),
        ("组长李明", "李明", "g1"),
        ("王小磊", "王小磊", "g2"),
        ("艾力买买提", "艾力·买买提", "g3"),
        ("艾力•买买提", "艾力·买买提", "g3"),
        ("机关-徐正常", "徐正常", "g4"),
        ("书记 周建国", "周建国", None),
        ("江北站周建国", "周建国", None),
        ("江北站 于海（值班员）", "于海", None),
        ("二班张伟", "张伟", "g2"),
        ("张伟（一班）", "张伟", "g1"),
        ("第二党小组|张伟", "张伟", "g2"),
    ],
)
def test_a_full_name_is_known_with_what_people_write_around_it(directory: Directory, nickname: str, name: str, group: str | None) -> None:
    person = called(directory, nickname)
    assert person is not None
    assert (person.name, person.group_id) == (name, group)


@pytest.mark.parametrize(
    "nickname",
    [
        *("", "磊子", "小王", "李班长", "一班", "风轻云淡", "🔥"),
        *("王磊磊", "小王磊", "王磊明", "王磊的手机", "王磊（家属）", "王磊和高强", "王磊、高强", "王磊媳妇"),
        *("二班王磊", "机关党小组 王磊", "机关党支部-周建国", "机关组周建国"),
        *("张伟", "江北站张伟", "孙强", "三班孙强", "三班张伟"),
    ],
)
def test_part_of_another_name_another_squad_and_what_leaves_a_choice_are_nobodys(directory: Directory, nickname: str) -> None:
    assert called(directory, nickname) is None


def test_where_nobody_told_which_squad_is_whose_a_squad_says_nothing(directory: Directory) -> None:
    groups = tuple(group.model_copy(update={"aliases": ()}) for group in directory.roster.groups)
    plain = replace(directory, roster=directory.roster.model_copy(update={"groups": groups}))
    for nickname in ("一班-王磊", "2班王磊", "王磊（三班）"):
        assert called(plain, nickname, G1) is not None, nickname
    assert called(plain, "一连王磊", G1) is None


@pytest.mark.parametrize(
    ("nickname", "room", "group"),
    [
        ("张伟", G1, "g1"),
        ("张伟", B1, None),
        ("二班张伟", G1, None),
        ("二班张伟", B1, "g2"),
        ("谢天", G1, None),
        ("谢天", B1, "g2"),
        ("谢天", ALL, "g2"),
        ("徐正常", B1, None),
        ("徐正常", ALL, "g4"),
    ],
)
def test_what_one_calls_oneself_in_a_room_counts_for_those_who_belong_to_it(
    directory: Directory, nickname: str, room: Room, group: str | None
) -> None:
    person = called(directory, nickname, room, only_there=True)
    assert (None if person is None else person.group_id) == group


@pytest.fixture
async def chat(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Ordinary]:
    """The room of 第一党小组 on the channel of an ordinary account, where nobody is known yet."""
    async with ordinary(settings, monkeypatch) as found:
        yield found


async def test_an_account_is_whose_name_it_has_in_the_room_and_what_it_said_before_is_written_down(chat: Ordinary) -> None:
    await chat.say("wxid_a", "36.6 正常")
    assert await chat.checkins() == []
    await chat.named("wxid_a", "一班张伟")
    assert chat.owner("wxid_a") == "张伟"
    assert await chat.checkins() == [("张伟", "36.6")]
    await chat.say("wxid_a", "更正：36.8")
    assert (await chat.checkins())[-1] == ("张伟", "36.8")
    assert chat.ways.couriers["wechaty"].sent == [], "nobody is a friend of the bot's account yet"


async def test_whose_name_an_account_has_hears_of_it_where_they_were_and_can_say_that_it_is_not_them(chat: Ordinary) -> None:
    await chat.named("wxid_false", "一班张伟")
    (asked,) = await chat.story.heard_by("张伟")
    before, _, number = asked.partition("回“不是 ")
    assert before == "微信里叫“一班张伟”的账号，我认作你了，它说的都算你的。不是你，就"
    await chat.say("wxid_false", "36.6 正常")
    await chat.story.say("张伟", f"不是 {number.removesuffix('”。')}")
    assert await chat.story.last_to("张伟") == "好的，那个账号不算你的了，也告诉了李明、周建国。"
    assert chat.owner("wxid_false") is None
    for who in ("李明", "周建国"):
        assert "核对一下" in await chat.story.last_to(who)
    await chat.named("wxid_false", "一班张伟")
    assert chat.owner("wxid_false") is None, "the name that was believed before is not believed again"
    await chat.named("wxid_true", "张伟")
    assert chat.owner("wxid_true") == "张伟", "but who it is may still come"


async def test_the_leader_reads_in_one_message_who_was_recognised_and_can_say_that_one_is_not_them(chat: Ordinary) -> None:
    await chat.story.bot.office.write(lambda work: forget_accounts(work, "sandbox", "张伟", "王磊"))
    for account, name in (("wxid_a", "张伟"), ("wxid_b", "一班王磊")):
        await chat.named(account, name)
    assert await chat.story.heard_by("李明") == []
    await chat.story.later("PT1M")
    (told,) = await chat.story.heard_by("李明")
    first, second = (line.partition("认错了，就回“不是 ") for line in told.splitlines())
    assert (first[0], second[0]) == ("微信里叫“张伟”的账号，我认作张伟了。", "微信里叫“一班王磊”的账号，我认作王磊了。")
    assert {m.to for m in await chat.story.heard()} == {"李明"}
    await chat.say("wxid_b", "@小微 36.8 正常", addressed=True)
    await chat.story.say("李明", f"还没 {second[2].removesuffix('”。')}")
    assert chat.owner("wxid_b") == "王磊", "this is no word about an account"
    await chat.story.say("李明", f"不是 {second[2].removesuffix('”。')}")
    assert await chat.story.last_to("李明") == "好的，那个账号不算王磊了。它用王磊的名义说过的，请核对一下。"
    assert (chat.owner("wxid_a"), chat.owner("wxid_b")) == ("张伟", None)
    await chat.named("wxid_b", "一班王磊")
    assert chat.owner("wxid_b") is None


async def test_of_a_leader_who_was_recognised_the_secretary_hears_and_not_who_calls_themselves_so(chat: Ordinary) -> None:
    await chat.named("wxid_false", "李明")
    await chat.story.later("PT1M")
    assert await chat.story.heard_by("周建国") == [
        f"微信里叫“李明”的账号，我认作李明了。认错了，就回“不是 {await number_for(chat, '周建国')}”。"
    ]
    assert chat.to("wxid_false") == []
    await chat.story.say("周建国", f"不是 {await number_for(chat, '周建国')}")
    assert chat.owner("wxid_false") is None


async def test_who_said_that_they_are_somebody_and_was_refused_is_not_taken_for_them_by_a_name(chat: Ordinary) -> None:
    await chat.say("wxid_false", "@小微 我是 张伟", addressed=True)
    await chat.story.say("李明", "不是")
    await chat.named("wxid_false", "张伟")
    assert chat.owner("wxid_false") is None
    await chat.say("wxid_false", "@小微 我是 张伟", addressed=True)
    await chat.story.say("李明", "是")
    assert chat.owner("wxid_false") == "张伟", "what the leader says stands, whatever was said before"


def forget_accounts(work: Work, channel: str, *names: str) -> None:
    """These people have no account there."""
    work.session.execute(delete(AccountRow).where(AccountRow.channel == channel, AccountRow.address.in_(names)))
    work.directory_changed = True


async def number_for(chat: Ordinary, who: str) -> int:
    """The number to say with it that an account is not somebody, as somebody read it last."""
    return numbers_in((await chat.story.last_to(who)).partition("不是")[2])[0]


async def test_what_one_calls_oneself_does_not_count_in_a_room_of_others_nor_in_one_that_is_bound_to_nothing(chat: Ordinary) -> None:
    await chat.named("wxid_a", "谢天")
    await chat.named("wxid_a", "张伟", room="R9")
    await chat.named("wxid_a", "张伟", room=None)
    assert chat.owner("wxid_a") is None
    await chat.named("wxid_a", remark="谢天 二班", room=None)
    assert chat.owner("wxid_a") == "谢天", "what the owner of the bot's account wrote counts anywhere"


async def test_the_second_account_of_a_name_is_nobodys_until_it_is_claimed(chat: Ordinary) -> None:
    await chat.named("wxid_a", "张伟")
    await chat.named("wxid_b", "张伟")
    assert (chat.owner("wxid_a"), chat.owner("wxid_b")) == ("张伟", None)
    await chat.named("wxid_b", remark="张伟")
    assert chat.owner("wxid_b") is None
    await asyncio.gather(chat.named("wxid_c", "王磊"), chat.named("wxid_d", "王磊"))
    assert {chat.owner("wxid_c"), chat.owner("wxid_d")} == {"王磊", None}


async def test_an_account_that_is_known_stays_whose_it_is_whatever_it_is_called_later(chat: Ordinary) -> None:
    await chat.named("wxid_a", "张伟")
    await chat.named("wxid_a", "王磊", remark="王磊")
    assert chat.owner("wxid_a") == "张伟"
    await chat.named("wxid_b", "王磊")
    assert chat.owner("wxid_b") == "王磊"


async def test_a_name_that_agrees_with_a_claim_settles_it_and_the_leader_need_not_answer(chat: Ordinary) -> None:
    await chat.say("wxid_a", "@小微 我是 张伟", addressed=True)
    await chat.named("wxid_a", "张伟")
    assert chat.owner("wxid_a") == "张伟"
    await chat.say("wxid_b", "@小微 我是 王磊", addressed=True)
    await chat.story.say("李明", "不是")
    assert await chat.story.last_to("李明") == "好的，不认作王磊。", "the only question that is still open"
    assert chat.owner("wxid_a") == "张伟"


async def test_a_name_that_speaks_against_a_claim_leaves_it_to_the_leader(chat: Ordinary) -> None:
    await chat.say("wxid_a", "@小微 我是 张伟", addressed=True)
    await chat.named("wxid_a", "王磊")
    assert chat.owner("wxid_a") is None
    await chat.story.say("李明", "是")
    assert chat.owner("wxid_a") == "张伟"
    claimed = select(AccountRow).where(AccountRow.address == "wxid_a")
    assert len(await chat.story.bot.store.read(lambda session: session.scalars(claimed).all())) == 1


async def test_a_chat_that_was_just_bound_hears_who_of_its_people_is_not_known_in_it_yet(chat: Ordinary) -> None:
    await chat.named("wxid_li", "李明", remark="李明", room=None)
    await chat.say("wxid_li", "@小微 绑定 一班", addressed=True, room="R5")
    await chat.story.bot.door.looked_around("wechaty", "R5")
    await chat.story.later("PT1S")
    for account, name in (("wxid_a", "张伟"), ("wxid_b", "一班王磊"), ("wxid_c", "高强"), ("wxid_d", "风轻云淡")):
        await chat.named(account, name, room="R5")
    await chat.story.bot.door.looked_around("wechaty", "R5")
    await chat.story.later("PT1S")
    for account, name in (("wxid_d", "赵云飞"), ("wxid_e", "陈一")):
        await chat.named(account, name, room="R5")
    await chat.story.bot.door.looked_around("wechaty", "R5")
    await chat.story.bot.door.looked_around("wechaty", "R9")
    await chat.story.later("PT1S")
    assert [outgoing.text for _, outgoing in chat.courier.sent] == [
        "好，这个群就是“第一党小组”的群了。",
        "名册上 6 人，对上号 1 人。没对上号的：张伟、王磊、高强、赵云飞、陈一，请他们把群昵称改成姓名，或说“@小微 我是 姓名”。",
        "名册上 6 人，对上号 4 人。没对上号的：赵云飞、陈一，请他们把群昵称改成姓名，或说“@小微 我是 姓名”。",
        "名册上的 6 人我都对上号了。",
    ]


async def test_of_many_who_are_not_known_yet_five_are_named(chat: Ordinary) -> None:
    await chat.story.bot.door.looked_around("wechaty", "R1")
    await chat.story.later("PT1S")
    (text,) = chat.in_room()
    assert "对上号 0 人。没对上号的：李明、张伟、王磊、高强、赵云飞等，请他们" in text
