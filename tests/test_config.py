"""The configuration: strict, with one helpful line for each mistake."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import ADVICE, ConfigError, load_settings
from bot.settings import Settings, known_keys, warnings
from models.roster import Role

REPOSITORY = Path(__file__).parent.parent
WECHATY = {"ENABLED": "true", "ENDPOINT": "gateway.example:8788", "TOKEN": "t0ken"}
SAMPLES = sorted((Path(__file__).parent / "config_samples").glob("*.yaml"))
EXPECTED = b"# expected: "


def written(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(path: Path | None = None, /, **env: str) -> tuple[str, ...]:
    """Tell what is wrong, a line each; nothing where the configuration can be used."""
    try:
        load_settings(path, env)
    except ConfigError as error:
        return tuple(str(error).split("\n"))
    return ()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_mistake_in_the_file_is_one_line_that_says_where_and_what_to_do(sample: Path) -> None:
    first = sample.read_bytes().splitlines()[0]
    assert first.startswith(EXPECTED)
    expected = first.removeprefix(EXPECTED).decode()
    (line,) = mistakes(sample)
    assert line.startswith(f"{sample}:{expected}")
    assert "geheim" not in line


def test_there_is_a_sample_for_every_kind_of_mistake_that_has_advice() -> None:
    told = "\n".join(line for sample in SAMPLES for line in mistakes(sample))
    silent = {kind for kind, advice in ADVICE.items() if advice.split("{")[0].split(";")[0].strip() not in told}
    assert silent == set()


def test_the_shipped_file_shows_the_defaults() -> None:
    path = REPOSITORY / "config.yaml"
    assert load_settings(path, {}) == load_settings(None, {})
    text = path.read_text(encoding="utf-8")
    shown = {key.rpartition(".")[2].removesuffix("[]") for key in known_keys() if not key.startswith("queue.")}
    assert {key for key in shown if f"{key}:" not in text} == {"start"}


def test_no_file_and_an_empty_file_and_an_empty_section_mean_the_defaults(tmp_path: Path) -> None:
    def hours(settings: Settings) -> Settings:
        return settings.model_copy(
            update=dict.fromkeys(["organization", "database", "privacy"])  # these hold paths, which follow the file
        )

    plain = hours(load_settings(None, {}))
    assert hours(load_settings(written(tmp_path, ""), {})) == plain
    assert hours(load_settings(written(tmp_path, "web:\nschedule:\n  lesson:\n"), {})) == plain


def test_the_day_of_the_house() -> None:
    jobs = load_settings(None, {}).schedule.jobs()
    assert {name: (f"{job.at:%H:%M}", job.window / timedelta(minutes=1)) for name, job in jobs.items()} == {
        "open_day": ("06:00", 720),
        "health_morning": ("07:25", 120),
        "nudge_checkin": ("08:25", 35),
        "chase": ("08:45", 35),
        "digest_group": ("09:05", 600),
        "digest_branch": ("09:20", 600),
        "preflight": ("09:20", 600),
        "health_noon": ("12:25", 120),
        "lesson": ("12:40", 240),
        "burden": ("16:20", 300),
        "nudge_report": ("17:50", 120),
        "health_evening": ("18:35", 120),
        "digest_group_evening": ("20:10", 720),
        "digest_branch_evening": ("20:25", 720),
    }
    assert {name for name, job in jobs.items() if job.days == "daily"} == {"health_morning", "health_noon", "health_evening"}
    assert all(job.enabled for job in jobs.values())


def test_a_hardship_goes_to_the_secretary_first_and_a_fever_to_the_leader_first() -> None:
    policies = load_settings(None, {}).policies
    assert policies.hardship.urgent.tell == (Role.SECRETARY, Role.LEADER, Role.DEPUTY)
    assert policies.hardship.ordinary.tell == (Role.SECRETARY, Role.LEADER)
    assert policies.health.urgent.tell == (Role.LEADER, Role.SECRETARY, Role.DEPUTY)
    assert policies.health.ordinary.tell == (Role.LEADER, Role.SECRETARY)
    for policy in (policies.hardship, policies.health, policies.silence):
        assert [(rung.after, rung.tell) for rung in policy.urgent.climb] == [(timedelta(minutes=10), (Role.DUTY_OFFICER,))]
        assert policy.urgent.repeat == timedelta(minutes=10)
        assert [(rung.after, rung.tell) for rung in policy.ordinary.climb] == [(timedelta(hours=4), (Role.DEPUTY, Role.DUTY_OFFICER))]
        assert policy.ordinary.repeat == timedelta(days=1)


def test_one_changed_line_changes_nothing_else(tmp_path: Path) -> None:
    lesson = load_settings(written(tmp_path, "schedule:\n  lesson: {at: 13:10}\n"), {}).schedule.lesson
    assert lesson == load_settings(None, {}).schedule.lesson.model_copy(update={"at": time(13, 10)})


def test_an_unquoted_time_is_a_time_and_not_a_number_of_base_sixty(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, "schedule:\n  lesson:\n    at: 12:50\n    enabled: no\n"), {})
    assert settings.schedule.lesson.at == time(12, 50)
    assert settings.schedule.lesson.enabled is False


def test_a_manual_clock_starts_at_a_moment_with_its_zone(tmp_path: Path) -> None:
    clock = load_settings(written(tmp_path, "clock:\n  kind: manual\n  start: 2026-03-02T06:00:00+08:00\n"), {}).clock
    assert clock.start == datetime(2026, 3, 1, 22, tzinfo=UTC)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "web:\n  port: 9090\n  host: localhost\n")
    web = load_settings(path, {"SANWEI__WEB__PORT": "9191", "HOME": "/", "SANWEI": "x"}).web
    assert (web.host, web.port) == ("localhost", 9191)


def test_the_environment_can_hold_lists_and_nothing() -> None:
    env = {
        "SANWEI__POLICIES__HEALTH__URGENT__REPEAT": "null",
        "SANWEI__POLICIES__HEALTH__URGENT__CLIMB": "[{after: PT5M, tell: [deputy]}, {after: PT9M, tell: [duty_officer]}]",
    }
    ladder = load_settings(None, env).policies.health.urgent
    assert ladder.repeat is None
    assert [rung.after for rung in ladder.climb] == [timedelta(minutes=5), timedelta(minutes=9)]
    assert ladder.tell == load_settings(None, {}).policies.health.urgent.tell


def test_a_right_value_in_the_environment_heals_a_wrong_one_in_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "web:\n  port: eighty\n")
    assert load_settings(path, {"SANWEI__WEB__PORT": "8081"}).web.port == 8081


def test_a_mistake_in_the_environment_names_the_variable_and_not_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "web:\n  port: 9090\n")
    assert mistakes(path, SANWEI__WEB__PORT="many", SANWEI__WEB__HOTS="x", SANWEI__POLICIES__HEALTH__URGENT__TELL="[leader") == (
        (
            "environment SANWEI__POLICIES__HEALTH__URGENT__TELL: policies.health.urgent.tell: cannot be read; "
            "write a list as [a, b] and a section as {key: value}"
        ),
        'environment SANWEI__WEB__PORT: web.port: "many" is not a whole number; write one in digits',
        "environment SANWEI__WEB__HOTS: web.hots: unknown key; did you mean web.host?",
    )


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, "wbe: 1\nweb:\n  port: x\n  port: y\nschedule:\n  lesson: {at: 25:00}\n")
    assert [line.removeprefix(f"{path}:").split(":")[0] for line in mistakes(path)] == ["4", "4", "6", "1"]


def test_a_password_in_a_database_address_is_never_shown(tmp_path: Path) -> None:
    path = written(tmp_path, "database:\n  url: postgresql+psycopg://sanwei:geheim@db/sanwei\n")
    assert "geheim" not in repr(load_settings(path, {}))
    assert "geheim" not in "".join(mistakes(path, SANWEI__DATABASE__URL="postgres://sanwei:geheim@db/sanwei"))
    assert "geheim" not in "".join(mistakes(path, SANWEI__DATABASE__URL="[geheim]"))


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.yaml"
    assert mistakes(path) == (f"{path}: cannot be read (No such file or directory); check the path and who may read it",)
    assert mistakes(tmp_path) == (f"{tmp_path}: cannot be read (Is a directory); check the path and who may read it",)


def test_a_file_nested_beyond_reason_is_one_line(tmp_path: Path) -> None:
    path = written(tmp_path, "[" * 100_000)
    assert mistakes(path) == (f"{path}: is nested too deeply to be a configuration",)


def test_a_file_saved_by_windows_notepad_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes("\ufefforganization:\r\n  name: 某支队\r\n".encode())
    assert load_settings(path, {}).organization.name == "某支队"


def test_relative_paths_count_from_the_folder_of_the_file(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, "organization: {content: ours}\nprivacy: {key_file: /etc/sanwei.key}\n"), {})
    assert settings.organization.content == tmp_path / "ours"
    assert settings.privacy.key_file == Path("/etc/sanwei.key")
    assert settings.database.url == f"sqlite:///{tmp_path}/data/sanwei.db"
    assert load_settings(None, {}).organization.content == REPOSITORY / "content"


def test_an_absolute_database_or_one_in_memory_or_on_a_server_stays_as_written(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    for url in ("sqlite:////var/lib/sanwei.db", "sqlite:///:memory:", "postgresql+psycopg://sanwei@db/sanwei"):
        assert load_settings(path, {"SANWEI__DATABASE__URL": url}).database.url == url


def test_settings_cannot_be_changed_after_loading() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings(None, {}).web.port = 1  # type: ignore[misc]


@given(st.dictionaries(st.text(alphabet="SANWEI_WPORTHB", max_size=12), st.text(max_size=30), max_size=3))
def test_whatever_the_environment_holds_each_mistake_is_one_line(env: dict[str, str]) -> None:
    found = mistakes(**{f"SANWEI__{name}": value for name, value in env.items()})
    assert all(line.startswith("environment SANWEI__") for line in found)


@given(st.text(max_size=60))
def test_whatever_the_file_holds_each_mistake_is_one_line(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(text, encoding="utf-8", errors="replace")
    assert all(line.startswith(f"{path}:") for line in mistakes(path))


def test_a_key_with_a_line_break_still_makes_one_line(tmp_path: Path) -> None:
    path = written(tmp_path, '"web\\nport": 1\n')
    (line,) = mistakes(path)
    assert line.startswith(f"{path}:1: web\ufffdport: unknown key")


def test_a_default_unit_is_told_that_nobody_can_reach_its_bot_yet() -> None:
    assert warnings(load_settings(None, {})) == ["channels: none that hears anybody is enabled, so nobody can reach the bot; enable one"]


@pytest.mark.parametrize(
    ("env", "warning"),
    [
        ({"SANWEI__SCHEDULE__LESSON__AT": "12:30"}, "schedule.lesson.at: 12:30 is a full or half hour"),
        ({"SANWEI__SCHEDULE__DIGEST_GROUP__AT": "09:00"}, "schedule.digest_group.at: 09:00 is a full or half hour"),
        ({"SANWEI__CLOCK__KIND": "manual"}, "clock.kind: manual stands still until it is moved"),
        ({"SANWEI__PRIVACY__ENCRYPT": "false"}, "privacy.encrypt: false leaves hardships and thoughts readable"),
        ({"SANWEI__CHANNELS__SANDBOX__ALLOW_REMOTE": "true"}, "channels.sandbox.allow_remote: true lets anyone"),
        (
            {f"SANWEI__CHANNELS__WECHATY__{key}": value for key, value in WECHATY.items()} | {"SANWEI__CHANNELS__WECHATY__TLS": "false"},
            "channels.wechaty.tls: ",
        ),
    ],
)
def test_what_is_allowed_but_probably_not_meant_is_a_warning(env: dict[str, str], warning: str) -> None:
    (line,) = warnings(load_settings(None, {"SANWEI__CHANNELS__SANDBOX__ENABLED": "true"} | env))
    assert line.startswith(warning)


def test_a_gateway_on_this_machine_may_be_spoken_to_without_tls() -> None:
    for endpoint in ("127.0.0.1:8788", "localhost:8788"):
        env = {f"SANWEI__CHANNELS__WECHATY__{key}": value for key, value in (WECHATY | {"TLS": "false", "ENDPOINT": endpoint}).items()}
        assert warnings(load_settings(None, env)) == []


@pytest.mark.parametrize("endpoint", ["gateway", "http://gateway:8788", "gateway:99999", "a b:1"])
def test_the_address_of_a_gateway_is_host_and_port(endpoint: str) -> None:
    with pytest.raises(ConfigError, match=r'channels\.wechaty\.endpoint: ".+" is no address of a gateway; write HOST:PORT'):
        load_settings(None, {"SANWEI__CHANNELS__WECHATY__ENDPOINT": endpoint})


def test_a_certificate_that_cannot_be_used_is_one_line(tmp_path: Path) -> None:
    env = {"SANWEI__CHANNELS__WECHATY__TLS_CA_FILE": str(tmp_path / "ca.pem")}
    with pytest.raises(ConfigError, match=r"channels.wechaty.tls_ca_file: .*ca.pem cannot be used \(No such file or directory\)"):
        load_settings(None, env)
    (tmp_path / "ca.pem").write_text("no certificate")
    with pytest.raises(ConfigError, match=r"cannot be used \(it holds no certificate in PEM\)"):
        load_settings(None, env)


def test_a_job_that_sends_nothing_or_is_off_may_stand_on_the_full_hour() -> None:
    env = {
        "SANWEI__CHANNELS__SANDBOX__ENABLED": "true",
        "SANWEI__SCHEDULE__OPEN_DAY__AT": "05:30",
        "SANWEI__SCHEDULE__LESSON__AT": "12:30",
        "SANWEI__SCHEDULE__LESSON__ENABLED": "false",
    }
    assert warnings(load_settings(None, env)) == []


def test_a_key_in_a_file_is_looked_at_as_well_and_not_repeated(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("geheim\n", encoding="utf-8")
    (line,) = mistakes(SANWEI__CHANNELS__WECOM_AIBOT__ENCODING_AES_KEY_FILE=str(file))
    assert line.startswith(f"channels.wecom_aibot.encoding_aes_key_file: {file}: must be the 43 letters and digits")
    assert "geheim" not in line
