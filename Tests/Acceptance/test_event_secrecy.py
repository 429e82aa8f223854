"""No secret gets into the event log, whatever samples, URLs, credentials and errors have in them.

RESCFG_SEED: the seed to begin with, where another than a random one is wanted.
"""
import json
import os
import random
import time

from support.runtime.cluster_api import APIServer
from support.runtime.fakes import Centre, Server, answer
from support.runtime.processes import eventually, get
from support.runtime.servers import Agent, Detector

TEXT = [("Content-Type", "text/plain; version=0.0.4")]


class Secrets:
    """A text of its own for each place, that stands nowhere else."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.made = {}

    def __getitem__(self, place):
        return self.made.setdefault(place, f"s3cret{self.random.getrandbits(64):016x}")

    def leaked(self, text):
        return [place for place, secret in self.made.items() if secret in text]


class LeakyCentre(Centre):
    """Says secrets in all that it answers."""

    def __init__(self, secrets):
        super().__init__()
        self.secrets = secrets
        self.seen = []

    def serve(self, request):
        self.seen.append(f"{request.path} {request.headers}")
        mode = str(self.mode)
        if not mode.isdigit():
            return super().serve(request)
        request.rfile.read(int(request.headers.get("Content-Length") or 0))
        words = f"{mode} for {self.secrets['an error of the centre']}"
        return answer(request, int(mode), words.encode(), [("WWW-Authenticate", f'Basic realm="{self.secrets["a realm"]}"')])


def serve_samples(secrets, asked):
    def serve(request):
        asked.append(request.path)
        if request.path.startswith("/broken"):
            return answer(request, 500, secrets["an error of a target"].encode(), TEXT)
        lines = [f"# HELP leak {secrets['a help text']}", "# TYPE leak gauge", f'leak{{token="{secrets["a sample label"]}"}} 1', f"{secrets['a metric name']} 1"]
        return answer(request, 200, "\n".join(lines).encode() + b"\n", TEXT)

    return serve


class Taker(Server):
    """An Alertmanager that takes nothing."""

    def __init__(self, secrets):
        super().__init__(self.serve)
        self.secrets = secrets

    def serve(self, request):
        request.rfile.read(int(request.headers.get("Content-Length") or 0))
        return answer(request, 500, self.secrets["an error of Alertmanager"].encode())


def test_no_secret_gets_into_the_event_log(tmp_path):
    seed = int(os.environ.get("RESCFG_SEED") or random.getrandbits(32))
    print(f"seed {seed}")
    secrets = Secrets(seed)
    asked = []
    account = tmp_path / "account"
    account.mkdir()
    (account / "token").write_text(secrets["a service account's token"])
    with LeakyCentre(secrets) as centre, Server(serve_samples(secrets, asked)) as target, Taker(secrets) as taker, APIServer(secrets["a service account's token"]) as api:
        url, where = f"http://127.0.0.1:{centre.port}", f"127.0.0.1:{target.port}"
        shared = {"alerts": {"alertmanagers": f"http://127.0.0.1:{taker.port}", "queue_age": "5m"},
                  "central": {"auth": "sigv4", "sigv4_region": "eu-west-1", "write_path": f"/push/{secrets['a path']}/write"}}
        agent = Agent(tmp_path / "agent", url, model=shared | {
            "external_labels": {"owner": secrets["an external label"]},
            "scrape_configs": [
                {"job_name": "leaky", "params": {"key": [secrets["a parameter"]]}, "static_configs": [
                    {"targets": [where], "labels": {"team": secrets["a target label"]}}]},
                {"job_name": "broken", "metrics_path": f"/broken/{secrets['a path of a target']}", "static_configs": [{"targets": [where]}]}]})
        agent.environment |= {"AWS_ACCESS_KEY_ID": secrets["an access key"], "AWS_SECRET_ACCESS_KEY": secrets["a secret key"],
                              "AWS_SESSION_TOKEN": secrets["a session token"]}
        detector = Detector(tmp_path / "detector", url, [f"127.0.0.1:{agent.port}"], model=shared,
                            arguments=["--kubernetes", f"http://127.0.0.1:{api.port}", "--service-account", str(account)])
        with agent, detector:
            eventually(lambda: detector.state()["agents_by_state"]["connected"] == 1 and agent.ledger()["delivered"] > 0, what="all is well")
            met = ""
            for mode in ["500", "ok", *secrets.random.choices(["401", "503", "429", "reset", "ok"], k=3)]:
                centre.mode = mode
                state = "connected" if mode == "ok" else "partitioned"
                eventually(lambda: detector.state()["agents_by_state"][state] == 1 and detector.state()["state"] == state, what=f"{state} by {mode}, seed {seed}")
                met += get(f"{agent.url}/api/v1/status")[1].decode() + agent.output()
            eventually(lambda: len(api.events) >= 4 and json.loads(api.data["state.json"])["agents"] == 1, what="Events and the ConfigMap")
            time.sleep(0.2)
            kept = detector.events_path.read_text()
            told = {"the event log": kept, "standard output": "\n".join(it for it in detector.output().splitlines() if it.startswith("{")),
                    "the Events": json.dumps(api.events), "the ConfigMap": json.dumps(api.data), "the detector's state": json.dumps(detector.state()),
                    "the agent's log of its path": "\n".join(it for it in agent.output().splitlines() if "component=detector" in it)}
        met += " ".join(centre.seen + asked) + repr(list(centre.samples))
    # The secrets were there to be taken; these are answered, or sign, and aren't kept by anybody.
    never = {"a secret key", "a help text", "a realm", "a service account's token", "an error of Alertmanager", "an error of a target"}
    assert set(secrets.made) - set(secrets.leaked(met)) <= never, (seed, set(secrets.made) - set(secrets.leaked(met)))
    assert kept.count("\n") >= 8 and all(told.values()), seed
    for place, text in told.items():
        assert secrets.leaked(text) == [], f"seed {seed}: {place} has {secrets.leaked(text)}"
