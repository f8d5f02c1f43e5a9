"""The containers agree with what `make airflow` starts: services, variables, mounts, secrets, users."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from check_jsonschema.builtin_schemas import get_builtin_schema

from care_reviews import airflow_env, pages, secret_files, services
from care_reviews.compose_secrets import write_compose_secrets
from care_reviews.server import embedded
from care_reviews.settings import PROJECT_ROOT, Settings
from tests.compose import AIRFLOW, CONNECTIONS, FILE, airflow_services, composition, environment_of

HOME, CHECKOUT = Path("/var/lib/care-reviews"), Path("/srv/care-reviews")
DOCKERFILE = PROJECT_ROOT / "Dockerfile"
SECRETS = "./.care-reviews/compose"
COMMENTARY = "./.care-reviews/commentary"

SERVICES = composition()["services"]


# The Compose Specification's own schema, which that checker of files brings with it.
SCHEMA = get_builtin_schema("vendor.compose-spec")
VALID = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)


def test_the_file_is_one_that_compose_reads() -> None:
    assert SCHEMA["title"] == "Compose Specification"
    VALID.check_schema(SCHEMA)
    errors = [f"{list(error.absolute_path)}: {error.message}" for error in VALID.iter_errors(composition())]
    assert errors == []


@pytest.mark.parametrize(
    "broken",
    [
        {"image": "x", "enviroment": {}},
        {"image": "x", "command": 1},
        {"image": "x", "depends_on": {"y": {"condition": "service_ready"}}},
        {"image": "x", "healthcheck": {"test": ["CMD", "true"], "interval": 30}},
        {"image": "x", "cap_drop": "ALL"},
    ],
)
def test_a_broken_service_is_noticed(broken: dict[str, Any]) -> None:
    assert VALID.is_valid({"services": {"x": {"image": "x"}}})
    assert not VALID.is_valid({"services": {"x": broken}})


def test_every_variable_of_the_file_has_a_default() -> None:
    assert re.findall(r"\$\{\w+\}|\$\w+", FILE.read_text()) == []


def test_it_runs_the_services_that_the_supervisor_runs() -> None:
    described = {name: service["command"] for name, service in airflow_services().items()}
    assert described == {name: ["airflow", *words] for name, words in services.SERVICES.items()}
    assert set(described) == set(AIRFLOW)


def test_the_other_services() -> None:
    assert set(SERVICES) - set(AIRFLOW) == {"postgres", "migrate", "pages"}
    assert SERVICES["postgres"]["image"].startswith("postgres:18")
    assert "care-reviews deploy && airflow db migrate" in SERVICES["migrate"]["command"]


@pytest.mark.parametrize("service", [*AIRFLOW, "migrate"])
def test_variables_are_those_of_the_supervisor(service: str) -> None:
    expected = airflow_env.fixed(HOME, CHECKOUT) | services.addresses(
        "0.0.0.0",  # noqa: S104
        8080,
        "http://localhost:8080",
        "api-server",
        services.HOST,
        8974,
    )
    found = environment_of(service)
    settings = {name for name in found if name.startswith("CARE_REVIEWS_") and name != "CARE_REVIEWS_HOME"}
    assert {
        name: value for name, value in found.items() if name not in settings | set(CONNECTIONS)
    } == expected


def test_every_setting_may_be_given() -> None:
    names = {f"CARE_REVIEWS_{name.upper()}" for name in Settings.model_fields}
    found = {name for name in environment_of("scheduler") if name.startswith("CARE_REVIEWS_")}
    assert found == names


def test_the_example_names_every_setting_and_connection() -> None:
    example = (PROJECT_ROOT / ".env.example").read_text()
    names = [f"CARE_REVIEWS_{name.upper()}" for name in Settings.model_fields]
    for name in (*names, *CONNECTIONS, "AIRFLOW_CONN_WAREHOUSE_ADMIN", airflow_env.DATABASE):
        assert f"\n# {name}=" in example, name
    assert [line for line in example.splitlines() if line and not line.startswith("#")] == []


@pytest.mark.parametrize("service", AIRFLOW)
def test_what_is_mounted_is_what_the_settings_use(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(home=Path(environment_of(service)["CARE_REVIEWS_HOME"]))
    monkeypatch.setattr(secret_files, "get_settings", lambda: settings)
    mounts = {Path(to): what for what, to, *_ in (mount.split(":") for mount in SERVICES[service]["volumes"])}
    secrets = secret_files.password_file("pipeline").parent
    assert mounts == {
        settings.home: "state",
        settings.site: "site",
        settings.reports: "report",
        settings.commentary: COMMENTARY,
        settings.board: "board",
        secrets: SECRETS + "/secrets",
    }


def test_the_image_has_the_folders_that_are_mounted_and_the_code_that_runs() -> None:
    words = DOCKERFILE.read_text()
    of_home = Settings(home=HOME)
    pages_of = (of_home.site, of_home.reports, of_home.board)
    for folder in (HOME, *pages_of, HOME / "secrets"):
        assert str(folder) in words.split(), folder
    assert f"CARE_REVIEWS_HOME={HOME}\n" in words
    assert words.count(f"WORKDIR {CHECKOUT}\n") == 2
    assert "\nCOPY dags dags\n" in words


def test_the_pages_are_those_of_the_image_and_those_that_nights_write() -> None:
    served = SERVICES["pages"]["command"][-1]
    assert f"\nRUN care-reviews pages {served}\n" in DOCKERFILE.read_text()
    assert SERVICES["pages"]["volumes"] == [
        f"site:{served}/{pages.AUDIT}:ro",
        f"report:{served}/{pages.REPORT}:ro",
        f"board:{served}/{pages.BOARD}:ro",
    ]


def test_exact_counts_are_served_to_nobody() -> None:
    """Data Docs tell small counts as they are: they stay where the nights run."""
    folder = Settings(home=HOME).data_docs
    assert folder.parent == HOME
    mounts = {mount for service in SERVICES.values() for mount in service.get("volumes", ())}
    assert not [mount for mount in mounts if folder.name in mount]
    assert not [mount for mount in SERVICES["pages"]["volumes"] if mount.startswith("state:")]


def test_no_container_writes_what_people_say_in_a_report() -> None:
    found = {
        mount for service in SERVICES.values() for mount in service.get("volumes", ()) if COMMENTARY in mount
    }
    assert found == {f"{COMMENTARY}:{Settings(home=HOME).commentary}:ro"}
    assert Settings(home=PROJECT_ROOT / ".care-reviews").commentary == (PROJECT_ROOT / COMMENTARY)


def test_no_secret_lies_in_a_file_that_git_keeps() -> None:
    files = {secret["file"] for secret in composition()["secrets"].values()}
    for service in SERVICES.values():
        files |= set(service.get("env_file", ()))
        files |= {mount.split(":")[0] for mount in service.get("volumes", ()) if mount.startswith(SECRETS)}
    assert {name.removeprefix(SECRETS) for name in files} == {
        "/postgres_password",
        "/airflow_database_password",
        "/connections.env",
        "/admin.env",
        "/secrets",
    }
    ignored = subprocess.run(
        ["git", "check-ignore", "--no-index", *files], cwd=PROJECT_ROOT, capture_output=True, text=True
    )
    assert set(ignored.stdout.split()) == files


def test_every_named_volume_and_secret_is_declared_and_used() -> None:
    whole = composition()
    used = {mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", ())}
    assert {name for name in used if not name.startswith(".")} == set(whole["volumes"])
    secrets = {name for service in SERVICES.values() for name in service.get("secrets", ())}
    assert secrets == set(whole["secrets"])


def test_the_server_is_configured_like_the_embedded_one() -> None:
    lines = [line.split(" = ") for line in embedded.CONFIGURATION.strip().splitlines()]
    wanted = {name: value.strip("'") for name, value in lines if name not in LOCAL}
    words = SERVICES["postgres"]["command"]
    assert words[0] == "postgres"
    assert dict(word.removeprefix("--").split("=") for word in words[1:]) == wanted
    environment = SERVICES["postgres"]["environment"]
    assert (environment["POSTGRES_USER"], environment["POSTGRES_DB"]) == (
        embedded.OWNER,
        embedded.DATABASES["warehouse"],
    )


LOCAL = {"listen_addresses", "unix_socket_directories"}  # the image's own: a container listens to its network


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_nothing_runs_as_root_or_gains_rights(service: str) -> None:
    assert SERVICES[service]["user"] == "1000:1000"
    assert SERVICES[service]["cap_drop"] == ["ALL"]
    assert SERVICES[service]["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_service_that_lasts_is_health_checked_and_restarted(service: str) -> None:
    lasts = service != "migrate"
    assert SERVICES[service]["restart"] == ("unless-stopped" if lasts else "no")
    assert ("healthcheck" in SERVICES[service]) is lasts
    if lasts:
        test = SERVICES[service]["healthcheck"]["test"]
        assert test[0] == "CMD"
        assert len(test) > 1


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_ports_are_published_on_loopback_alone(service: str) -> None:
    for port in SERVICES[service].get("ports", ()):
        assert re.fullmatch(r"127\.0\.0\.1:\d+:\d+", port)


def test_health_checks_ask_where_the_services_listen() -> None:
    found = environment_of("scheduler")
    scheduler = " ".join(SERVICES["scheduler"]["healthcheck"]["test"])
    assert f":{found['AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT']}/health" in scheduler
    api = " ".join(SERVICES["api-server"]["healthcheck"]["test"])
    assert f":{found['AIRFLOW__API__PORT']}/api/v2/monitor/health" in api


def test_nothing_starts_before_what_it_needs() -> None:
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    for name in (*AIRFLOW, "pages"):
        assert SERVICES[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}


def test_only_the_migration_knows_the_owner() -> None:
    with_owner = [
        name for name, service in SERVICES.items() if "admin.env" in " ".join(service.get("env_file", ()))
    ]
    assert with_owner == ["migrate"]


def test_the_secrets_that_are_written_are_those_that_are_mounted(tmp_path: Path) -> None:
    write_compose_secrets(tmp_path)
    for secret in composition()["secrets"].values():
        assert (tmp_path / Path(secret["file"]).name).is_file()
    for service in SERVICES.values():
        for path in service.get("env_file", ()):
            assert (tmp_path / Path(path).name).is_file()
    for name in (*airflow_env.SECRETS.values(), airflow_env.PASSWORDS_FILE, "pipeline.password"):
        assert (tmp_path / "secrets" / name).is_file(), name
    names = [line.split("=")[0] for line in (tmp_path / "connections.env").read_text().splitlines()]
    assert names == list(CONNECTIONS)


def test_secrets_are_private_kept_and_agree_with_each_other(tmp_path: Path) -> None:
    assert len(write_compose_secrets(tmp_path)) == 10
    before = {path: path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    assert write_compose_secrets(tmp_path) == []
    assert {path: path.read_text() for path in before} == before
    for path in (tmp_path, tmp_path / "secrets"):
        assert path.stat().st_mode & 0o777 == 0o700
    for path, words in before.items():
        assert path.stat().st_mode & 0o777 == 0o600
        assert words not in FILE.read_text()
    read = {path.name: words for path, words in before.items()}
    assert f":{read['pipeline.password']}@postgres:5432/warehouse" in read["connections.env"]
    assert f":{read['postgres_password']}@postgres:5432/warehouse" in read["admin.env"]
    assert f":{read['airflow_database_password']}@postgres:5432/airflow" in read["airflow_database_url"]


def test_the_image_runs_as_an_ordinary_user_from_the_hashed_lock() -> None:
    steps = [line for line in DOCKERFILE.read_text().splitlines() if re.match("[A-Z]", line)]
    assert steps[-2:] == ["USER care-reviews", 'CMD ["care-reviews", "--help"]']
    assert "RUN bin/install .venv" in steps
    assert "--require-hashes" in (PROJECT_ROOT / "bin" / "install").read_text()


def test_all_that_the_image_copies_is_let_in_and_nothing_else() -> None:
    ignored = (PROJECT_ROOT / ".dockerignore").read_text().splitlines()
    let_in = {line[1:] for line in ignored if line.startswith("!")}
    copied: set[str] = set()
    for line in DOCKERFILE.read_text().splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            copied |= {word.split("/")[0] for word in line.split()[1:-1]}
    assert copied == let_in
    assert "*" in ignored
    assert all((PROJECT_ROOT / name).exists() for name in copied)


def test_the_image_holds_all_that_the_code_reads_of_the_checkout() -> None:
    code = [path for folder in ("include", "dags") for path in (PROJECT_ROOT / folder).rglob("*.py")]
    read = {name for path in code for name in re.findall(r'PROJECT_ROOT / "([^"]+)"', path.read_text())}
    made_or_optional = {".care-reviews", ".env"}
    assert read - made_or_optional == {"dbt_project", "docs", "requirements.lock"}
    words = DOCKERFILE.read_text()
    assert all(f"\nCOPY {name} {name}\n" in words for name in ("dbt_project", "docs"))
    assert "\nCOPY requirements.lock " in words


@pytest.mark.parametrize("script", ["docker/databases.sh", "bin/install", ".ci/run"])
def test_scripts_are_readable_to_the_shell_that_runs_them(script: str) -> None:
    path = PROJECT_ROOT / script
    assert path.stat().st_mode & 0o111
    done = subprocess.run(["bash", "-n", str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
