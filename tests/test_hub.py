"""deploy/ and the load test: what they promise, without a hub; `benchmarks/hub_load.py` has one."""

from __future__ import annotations

import importlib.util
import json
import re
import sys

import pytest
import yaml
from traitlets.config.loader import PyFileConfigLoader

from document_rules import ROOT
from secondlook import content, lesson, server
from secondlook.lesson import Lesson

VALUES = yaml.safe_load((ROOT / "deploy" / "values.yaml").read_text(encoding="utf-8"))
# Names and types of the chart's own schema (jupyterhub/values.schema.yaml of
# zero-to-jupyterhub-k8s), as far as values.yaml uses it. It lets nothing else in.
TEXT, NUMBER, YES, LIST = (str,), (int, float), (bool,), (list,)
SCHEMA = {
    "hub.config.JupyterHub.authenticator_class": TEXT,
    "proxy.https.enabled": YES,
    "proxy.https.hosts": LIST,
    "proxy.https.letsencrypt.contactEmail": TEXT,
    "singleuser.image.name": TEXT,
    "singleuser.image.tag": TEXT,
    "singleuser.defaultUrl": TEXT,
    "singleuser.memory.guarantee": (str, int, float),
    "singleuser.memory.limit": (str, int, float),
    "singleuser.cpu.guarantee": NUMBER,
    "singleuser.cpu.limit": NUMBER,
    "singleuser.storage.type": TEXT,
    "singleuser.storage.homeMountPath": TEXT,
    "singleuser.storage.capacity": TEXT,
    "singleuser.extraFiles.*.mountPath": TEXT,
    "singleuser.extraFiles.*.data": (dict,),
    "cull.enabled": YES,
    "cull.timeout": (int,),
    "cull.every": (int,),
    "cull.users": YES,
    "prePuller.hook.enabled": YES,
    "prePuller.continuous.enabled": YES,
}
SIZES = {"M": 1e6, "G": 1e9}


def unknown(values, place=()):
    """Every place in the values that the schema does not have, or has with another type."""
    found = []
    for name, value in values.items():
        here = (*place, name)
        shape = ".".join(
            "*" if here[at - 1 : at] == ("extraFiles",) else one for at, one in enumerate(here)
        )
        if shape in SCHEMA:
            kinds = SCHEMA[shape]
            if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
                found.append(shape)
        elif isinstance(value, dict) and any(one.startswith(f"{shape}.") for one in SCHEMA):
            found += unknown(value, here)
        else:
            found.append(shape)
    return found


def size(text):
    return float(text[:-1]) * SIZES[text[-1]]


def test_the_values_are_those_that_the_chart_knows():
    assert unknown(VALUES) == []


@pytest.mark.parametrize(
    ("bad", "where"),
    [
        ({"singleuser": {"memory": {"limits": "1G"}}}, "singleuser.memory.limits"),
        ({"cull": {"timeout": "1h"}}, "cull.timeout"),
        ({"cull": {"timeout": True}}, "cull.timeout"),
        ({"culling": {"enabled": True}}, "culling"),
        ({"singleuser": {"extraFiles": {"a": {"path": "/x"}}}}, "singleuser.extraFiles.*.path"),
    ],
)
def test_what_the_chart_would_refuse_is_seen(bad, where):
    assert unknown(bad) == [where]


def test_nobody_gets_in_before_somebody_has_chosen_how():
    assert VALUES["hub"]["config"]["JupyterHub"]["authenticator_class"] == "null"


def test_what_is_stopped_loses_no_work():
    assert VALUES["singleuser"]["storage"]["type"] == "dynamic"
    assert VALUES["cull"]["enabled"] and not VALUES["cull"]["users"]
    assert 45 * 60 <= VALUES["cull"]["timeout"] <= 2 * 60 * 60  # a lesson long, no day long


def test_the_link_brings_the_lessons_to_where_they_may_run():
    files = VALUES["singleuser"]["extraFiles"].values()
    (file,) = [one for one in files if "secondlookCourse" in one["data"]]
    course = file["data"]["secondlookCourse"]
    link = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")
    folder = course.removesuffix(f"/{server.LESSONS}")
    page = f"doc/tree/{course}/{server.FIRST_LESSON}".replace("/", "%2F")
    assert folder != course and f"&targetPath={folder}&urlpath={page}\n" in link
    littlest = (ROOT / "deploy" / "littlest.md").read_text(encoding="utf-8")
    assert f'"{course}"' in littlest
    # Elsewhere the image's own file would win: JupyterLab heeds its environment's folder most.
    placed = "etc/jupyter/labconfig/page_config.d"
    assert file["mountPath"] == f"/srv/conda/envs/notebook/{placed}/secondlook.json"
    assert f"/opt/tljh/user/{placed}/secondlook.json" in littlest
    assert f'/{placed}"' in (ROOT / "binder" / "postBuild").read_text(encoding="utf-8")


def test_the_memory_is_what_was_measured_and_some_more():
    told = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    both = int(re.search(r"^\| a learner, all answered \| \d+ \| \d+ \| (\d+) \|$", told, re.M)[1])
    guarantee, limit = (size(VALUES["singleuser"]["memory"][one]) for one in ("guarantee", "limit"))
    assert 1.2 <= guarantee / (both * 1e6) <= 2
    assert limit >= 3 * both * 1e6
    assert "Failures: 0." in told and "lost: 0." in told


# --- the local hub -------------------------------------------------------------------------------


@pytest.fixture
def local(tmp_path, monkeypatch):
    monkeypatch.setenv("SECONDLOOK_HUB", str(tmp_path))
    monkeypatch.delenv("SECONDLOOK_HUB_KEY", raising=False)
    folder = ROOT / "deploy" / "local_hub"
    return PyFileConfigLoader("jupyterhub_config.py", str(folder)).load_config()


def test_the_local_hub_can_be_reached_from_this_machine_alone(local):
    told = [
        local.JupyterHub.bind_url,
        local.JupyterHub.hub_bind_url,
        local.ConfigurableHTTPProxy.api_url,
    ]
    assert all(one.startswith("http://127.0.0.1:") for one in told)
    assert "--ip=127.0.0.1" in local.ConfigurableHTTPProxy.command
    assert "load" not in json.dumps(local.JupyterHub, default=str)  # no key, no way in for the test


def test_it_says_loudly_that_it_is_for_no_class():
    for name in ("deploy/README.md", "deploy/local_hub/jupyterhub_config.py"):
        assert "never for a class" in (ROOT / name).read_text(encoding="utf-8").lower()


# --- the load test -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def load():
    sys.path.insert(0, str(ROOT / "benchmarks"))
    spec = importlib.util.spec_from_file_location("hub_load", ROOT / "benchmarks" / "hub_load.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["hub_load"] = module
    spec.loader.exec_module(module)
    yield module
    sys.path.remove(str(ROOT / "benchmarks"))
    del sys.modules["hub_load"]


@pytest.fixture
def answered(load, tmp_path, monkeypatch):
    """Lesson 4 answered as the load test does, and the folder with the answers."""
    monkeypatch.setenv("SECONDLOOK_WORK", str(tmp_path))
    lesson.journal.cache_clear()
    sent = set()
    for name in content.activities(4):
        shown = Lesson(4).show(name)
        items = {one["id"]: load.an_answer(shown.spec, one) for one in shown.spec["items"]}
        shown.state = {"rev": 1, "items": items}
        sent |= {(name, item) for item in items}
    lesson.journal.cache_clear()
    return sent, tmp_path


def test_the_load_test_gives_answers_that_are_kept(load, answered):
    sent, folder = answered
    assert len(sent) > 15 and load.kept(folder, 4) == sent
    assert load.kept(folder, 5) == set()


def test_an_answer_that_is_gone_is_found(load, answered):
    sent, folder = answered
    (file,) = folder.glob("answers*.jsonl")
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), encoding="utf-8")
    last = json.loads(lines[-1])
    assert sent - load.kept(folder, 4) == {(last["activity"], last["item"])}


def test_a_kind_that_it_cannot_answer_is_a_failure(load):
    with pytest.raises(LookupError, match="studio"):
        load.an_answer({"kind": "studio"}, {"id": "a"})


@pytest.mark.parametrize(("share", "at"), [(0.5, 50), (0.95, 95), (0.99, 99), (0.001, 1)])
def test_a_percentile_is_a_value_that_was_measured(share, at):
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from hub_told import place

    sys.path.remove(str(ROOT / "benchmarks"))
    assert place([float(one) for one in range(100, 0, -1)], share) == at
