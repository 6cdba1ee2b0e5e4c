"""The demo page: what it shows of a message, the clock, the played day, a phone, trouble with the server."""

import re
from datetime import timedelta
from urllib.request import urlopen

from playwright.sync_api import Browser, Route, expect

from bot.config import REPOSITORY
from bot.settings import Settings
from tests.page.visit import DESKTOP, Visit

HARDSHIP = "今天上午负重爬楼训练，下午清点器材；明天整理库房。就是老人住院没人陪护，这两天心里不踏实。"
JOKE = "今天的红烧肉我给36.5分，多一分怕食堂骄傲 😄"


def test_a_check_in_shows_the_words_it_was_read_from_and_brings_a_private_receipt(visit: Visit) -> None:
    visit.become("张伟")
    visit.enter("第一党小组")
    visit.say("36度4，一切正常")
    expect(visit.page.locator("#record-body")).to_contain_text("36.4")
    assert "36度4" in "".join(visit.marked())
    expect(visit.page.locator("#log .mine mark").first).to_be_visible()
    visit.enter("小微")
    expect(visit.page.locator("#log .bot .bubble").last).to_contain_text("36.4")


def test_pieces_after_an_emoji_are_marked_at_their_place(visit: Visit) -> None:
    visit.become("王磊")
    visit.say("👨‍🚒😀 三十六度五，没有不舒服")
    assert "三十六度五" in visit.marked()


def test_a_joke_leaves_no_trace_and_the_page_says_so(visit: Visit) -> None:
    visit.become("高强")
    visit.enter("第一党小组")
    visit.say(JOKE)
    expect(visit.page.locator("#record-body")).to_contain_text("这句话没有留下任何记录")
    expect(visit.page.locator("#log .fate").last).to_have_text("没有留下记录")
    assert visit.marked() == []


def test_every_value_says_why_it_was_read_so_and_how_surely(visit: Visit) -> None:
    visit.become("张伟")
    visit.enter("第一党小组")
    visit.say("365，有点咳，王磊头疼吗？")
    temperature = visit.page.locator("#record .value").filter(has_text="36.5")
    expect(temperature).to_contain_text("少了小数点，按体温猜的")
    expect(temperature).to_contain_text("拿不准")
    visit.page.locator("#record .left-out summary").click()
    expect(visit.page.locator("#record .left-out")).to_contain_text("“头疼”是在问")


def test_chatter_is_explained_as_it_is_sent_and_still_leaves_no_trace(visit: Visit) -> None:
    visit.become("高强")
    visit.enter("第一党小组")
    visit.say("笑得我肚子疼")
    expect(visit.page.locator("#record-body")).to_contain_text("这句话没有留下任何记录")
    expect(visit.page.locator("#record .left-out")).to_contain_text("“肚子疼”形容程度")


def test_what_looks_like_a_script_is_shown_as_text(visit: Visit) -> None:
    text = '36.6 正常 <script>window.broken=1</script><img src=x onerror="window.broken=1">'
    visit.become("张伟")
    visit.enter("第一党小组")
    visit.say(text)
    expect(visit.page.locator("#log .mine .bubble").last).to_have_text(text)
    assert visit.page.evaluate("window.broken") is None
    assert visit.page.locator("#log img, #log script, #record img, #record script").count() == 0


def test_a_hardship_is_seen_where_it_arrives_with_the_secretary(visit: Visit) -> None:
    visit.become("张伟")
    visit.enter("第一党小组")
    visit.say(HARDSHIP)
    expect(visit.page.locator("#record .case")).to_contain_text("困难")
    secretary = visit.page.locator("#me .officer").filter(has_text="周建国")
    expect(secretary.locator(".dot")).to_be_visible()
    secretary.click()
    expect(visit.page.locator("#log .bot .bubble").last).to_contain_text("老人住院没人陪护")
    expect(visit.page.locator("#chips .chip").first).to_have_text(re.compile(r"收到 \d+"))
    visit.page.locator(".switch").click()
    expect(visit.page.locator("#log .target").filter(has_text="周建国（书记）").first).to_be_visible()
    visit.enter("江北站党支部")
    expect(visit.page.locator("#log")).not_to_contain_text("老人住院")


def test_fifteen_minutes_move_the_clock(visit: Visit) -> None:
    later = visit.now() + timedelta(minutes=15)
    visit.page.click("#clock-quarter")
    expect(visit.page.locator("#clock-time")).to_have_text(f"{later:%H:%M}")
    expect(visit.page.locator("#news")).to_contain_text(f"时间到了 {later:%H:%M}")
    assert visit.now() - later < timedelta(minutes=1)


def test_the_next_event_happens_when_it_is_asked_for(visit: Visit) -> None:
    first = visit.page.locator("#events li").first
    coming = first.locator("time").inner_text()[-5:]
    expect(visit.page.locator("#clock-next")).to_have_text(f"下一件事 {coming}")
    visit.page.click("#clock-next")
    expect(visit.page.locator("#clock-time")).to_have_text(coming)
    expect(first.locator("time")).not_to_have_text(coming)


def test_tomorrow_morning_is_one_button_away(visit: Visit) -> None:
    before = visit.now()
    visit.page.click("#clock-morning")
    expect(visit.page.locator("#clock-time")).to_have_text("06:00", timeout=15_000)
    assert (visit.now().date() - before.date()).days == 1


def test_a_lesson_shows_its_picture_and_the_chat_stays_at_its_end(visit: Visit) -> None:
    visit.page.request.post(f"{visit.site}/sandbox/clock", data={"to": f"{visit.now():%Y-%m-%d}T12:41:00+08:00"})
    visit.enter("第一党小组")
    picture = visit.page.locator("#log .picture-sent")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.naturalWidth") == 800
    below = "() => { const log = document.getElementById('log'); return log.scrollHeight - log.scrollTop - log.clientHeight < 2; }"
    visit.page.wait_for_function(below)
    assert visit.page.locator("#log").evaluate("log => log.scrollTop") > 0


def test_a_picture_that_grows_before_the_page_heard_of_its_own_scrolling_leaves_the_newest_in_sight(visit: Visit) -> None:
    visit.page.request.post(f"{visit.site}/sandbox/clock", data={"to": f"{visit.now():%Y-%m-%d}T12:41:00+08:00"})
    visit.enter("第一党小组")
    picture = visit.page.locator("#log .picture-sent")
    expect(picture).to_have_js_property("complete", value=True)
    at_end = "() => { const log = document.getElementById('log'); return log.scrollHeight - log.scrollTop - log.clientHeight < 2; }"
    visit.page.wait_for_function(at_end)
    picture.evaluate("""image => {
        const log = document.getElementById('log');
        image.style.marginBottom = '400px';
        log.dispatchEvent(new Event('scroll'));
        image.dispatchEvent(new Event('load'));
    }""")
    visit.page.wait_for_function(at_end)
    visit.page.locator("#log").evaluate("log => { log.scrollTop = 0; log.dispatchEvent(new Event('scroll')); }")
    picture.evaluate("image => image.dispatchEvent(new Event('load'))")
    assert visit.page.locator("#log").evaluate("log => log.scrollTop") == 0, "who went up stays there"


def test_the_day_plays_to_its_end(browser: Browser, site: str) -> None:
    visit = Visit(browser, site, DESKTOP, "?pace=8")
    visit.page.click("#play-start")
    expect(visit.page.locator("#play")).to_be_visible()
    expect(visit.page.locator("body")).not_to_have_attribute("data-play", "running", timeout=60_000)
    expect(visit.page.locator("body")).to_have_attribute("data-play", "done")
    expect(visit.page.locator("#play-caption")).to_contain_text("这一天演完了")
    visit.leave()


def test_the_played_day_can_be_paused_and_stopped(browser: Browser, site: str) -> None:
    visit = Visit(browser, site, DESKTOP, "?pace=8")
    visit.page.click("#play-start")
    visit.page.click("#play-pause")
    expect(visit.page.locator("body")).to_have_attribute("data-play", "paused")
    visit.page.click("#play-stop")
    expect(visit.page.locator("body")).to_have_attribute("data-play", "stopped")
    visit.page.click("#play-stop")
    expect(visit.page.locator("#play")).to_be_hidden()
    visit.leave()


def test_enter_belongs_to_the_input_method_while_it_composes(visit: Visit) -> None:
    visit.page.fill("#text", "zheng chang")
    visit.page.dispatch_event("#text", "keydown", {"key": "Enter", "isComposing": True, "bubbles": True, "cancelable": True})
    visit.page.press("#text", "Shift+Enter")
    expect(visit.page.locator("#text")).to_have_value("zheng chang\n")
    assert visit.page.locator(".entry").count() == 0


def test_nothing_written_is_lost_when_sending_fails(visit: Visit) -> None:
    def refuse(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=503, body="")
        else:
            route.continue_()

    visit.page.route("**/sandbox/messages*", refuse)
    visit.page.fill("#text", "36.5，没有不舒服")
    visit.page.press("#text", "Enter")
    expect(visit.page.locator("#compose-error")).to_contain_text("没发出去")
    expect(visit.page.locator("#text")).to_have_value("36.5，没有不舒服")
    visit.page.unroute("**/sandbox/messages*")
    visit.page.press("#text", "Enter")
    expect(visit.page.locator(".entry .fate")).to_have_text(re.compile("记下"))
    expect(visit.page.locator("#text")).to_have_value("")
    expect(visit.page.locator("#compose-error")).to_be_hidden()
    # The browser itself notes the refusal; nothing else may have gone wrong.
    visit.complaints = [one for one in visit.complaints if "503" not in one]


def test_the_servers_own_refusal_is_shown_in_its_words(visit: Visit) -> None:
    visit.page.route("**/sandbox/messages", lambda route: route.fulfill(status=413, json={"error": "这条消息太长了，请分开发。"}))
    visit.page.fill("#text", "很长")
    visit.page.press("#text", "Enter")
    expect(visit.page.locator("#compose-error")).to_contain_text("这条消息太长了")
    expect(visit.page.locator("#text")).to_have_value("很长")
    visit.complaints = [one for one in visit.complaints if "413" not in one]


def test_a_reload_keeps_what_was_said_here(visit: Visit) -> None:
    visit.become("王磊")
    visit.enter("第一党小组")
    visit.say(JOKE)
    visit.page.reload()
    visit.page.wait_for_selector("body.ready")
    expect(visit.page.locator("#log .mine .bubble").last).to_have_text(JOKE)
    expect(visit.page.locator("#chat-title")).to_have_text("第一党小组")


def test_the_explanation_is_three_sentences_and_stays_away_once_read(visit: Visit) -> None:
    expect(visit.page.locator("#about p")).to_have_count(3)
    visit.page.click("#about-close")
    visit.page.reload()
    visit.page.wait_for_selector("body.ready")
    expect(visit.page.locator("#about")).to_be_hidden()
    visit.page.click("#about-open")
    expect(visit.page.locator("#about")).to_be_visible()


def test_every_example_can_be_sent_as_it_stands(visit: Visit) -> None:
    visit.become("赵云飞")
    visit.enter("第一党小组")
    visit.page.locator("#log .try").last.click()
    visit.say(visit.page.input_value("#text"))
    for number in range(visit.page.locator("#chips .chip").count()):
        visit.page.locator("#chips .chip").nth(number).click()
        text = visit.page.input_value("#text")
        assert text
        visit.say(text)


def test_a_phone_shows_one_thing_at_a_time_and_never_scrolls_sideways(phone: Visit) -> None:
    page = phone.page
    assert phone.sideways() == 0
    page.click("#about-close")
    page.locator("#log .try").first.click()
    page.click("#send")
    page.locator(".entry .fate").last.click()
    expect(page.locator("#record")).to_be_visible()
    expect(page.locator("#log")).to_be_hidden()
    assert phone.sideways() == 0
    page.click("#tabs [data-tab=clock]")
    expect(page.locator("#clock")).to_be_visible()
    expect(page.locator("#record")).to_be_hidden()
    assert phone.sideways() == 0
    page.click("#tabs [data-tab=chat]")
    page.click("#side-open")
    page.click("#me .me-card")
    expect(page.locator("#people")).to_be_visible()
    assert phone.sideways() == 0
    page.locator("#people .person").filter(has_text="周建国").click()
    expect(page.locator("#log")).to_be_visible()
    assert phone.sideways() == 0


def test_a_server_that_is_away_is_told_kindly_and_forgotten_when_it_is_back(visit: Visit) -> None:
    visit.page.route("**/sandbox/**", lambda route: route.abort())
    expect(visit.page.locator("#trouble")).to_contain_text("连不上服务器")
    visit.page.unroute("**/sandbox/**")
    expect(visit.page.locator("#trouble")).to_be_hidden(timeout=15_000)
    visit.complaints = [one for one in visit.complaints if "ERR_FAILED" not in one]


def test_the_browser_is_told_to_trust_nothing_but_this_server(site: str) -> None:
    for path in ("/", "/static/main.js", "/static/base.css"):
        with urlopen(f"{site}{path}") as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy
            assert "unsafe" not in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_names_the_unit_and_its_bot(site: str, settings: Settings) -> None:
    with urlopen(f"{site}/") as answer:
        html = answer.read().decode()
    assert settings.organization.name in html
    assert f"<h1>{settings.organization.bot_name}</h1>" in html


def test_nothing_on_the_page_is_fetched_from_another_host() -> None:
    """Not even in a corner that no visit above came to."""
    for file in (REPOSITORY / "bot" / "web").rglob("*"):
        if file.suffix in {".html", ".js", ".css", ".svg"}:
            elsewhere = re.findall(r"(?:https?:)?//[\w-]+\.[\w.-]+", file.read_text(encoding="utf-8"))
            assert [url for url in elsewhere if url != "http://www.w3.org"] == [], file.name
