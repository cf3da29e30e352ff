"""A JupyterHub on this machine alone, to try the course on and to load: real hub, real proxy.

NEVER FOR A CLASS. Anybody who reaches it gets in under any name, without a password, and every
learner runs as the user that started it and can read everybody's files. It listens on loopback
only. For a class see README.md one folder up.

`benchmarks/hub_load.py` makes the folder named by SECONDLOOK_HUB, with `env` (Python), `node` (the
proxy) and `course`, and starts this.
"""

import os
import shutil
from pathlib import Path

FOLDER = Path(os.environ["SECONDLOOK_HUB"]).resolve()
PORT = int(os.environ.get("SECONDLOOK_HUB_PORT", "8000"))  # and the two after it
PROGRAMS = FOLDER / "env" / "bin"

c = get_config()  # type: ignore[name-defined]  # noqa: F821 (JupyterHub provides it)
c.JupyterHub.bind_url = f"http://127.0.0.1:{PORT}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{PORT + 1}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{PORT + 2}"
c.ConfigurableHTTPProxy.command = [
    str(FOLDER / "node/node_modules/.bin/configurable-http-proxy"),
    "--ip=127.0.0.1",
]
c.JupyterHub.db_url = f"sqlite:///{FOLDER}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = str(FOLDER / "cookie_secret")
c.JupyterHub.cleanup_servers = True

# Dummy authenticator, simple spawner: for tests only, as JupyterHub's own documentation says.
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(FOLDER / "homes" / "{username}")
c.Spawner.cmd = [str(PROGRAMS / "jupyterhub-singleuser")]
c.Spawner.args = ["--allow-root"] if os.geteuid() == 0 else []
c.Spawner.notebook_dir = str(FOLDER / "homes" / "{username}" / "second-look")
c.Spawner.default_url = "/doc/tree/lessons/00_start_here.ipynb"
# A whole class that starts within a minute waits for the processor, not for a broken server.
c.Spawner.start_timeout = c.Spawner.http_timeout = 300


def lay_out(spawner: object) -> None:
    """Give a learner the lessons, as nbgitpuller does on a real hub; what is there stays."""
    home = FOLDER / "homes" / spawner.user.name / "second-look"  # type: ignore[attr-defined]
    if not home.exists():
        home.mkdir(parents=True)
        shutil.copytree(FOLDER / "course" / "lessons", home / "lessons")


c.Spawner.pre_spawn_hook = lay_out

# The load test acts for its learners with this key, which it makes anew each time.
if key := os.environ.get("SECONDLOOK_HUB_KEY"):
    c.JupyterHub.services = [{"name": "load", "api_token": key}]
    scopes = ["admin:users", "admin:servers", "tokens", "access:servers"]
    c.JupyterHub.load_roles = [{"name": "load", "services": ["load"], "scopes": scopes}]
