"""Detector and sync job at a centre that wants signed requests: their checks and questions are signed, with keys that are fetched first."""
import json
import subprocess
import time

from support.runtime.fakes import Centre, Server, answer
from support.runtime.processes import eventually
from support.runtime.servers import Detector

SIGNED = {"central": {"auth": "sigv4", "sigv4_region": "eu-west-1"}}


class StrictCentre(Centre):
    """Refuses what isn't signed with the key that was given last, for whatever it is."""

    def __init__(self):
        super().__init__()
        self.key = "KEY1"
        self.refused = []
        self.questions = 0

    def serve(self, request):
        if f"Credential={self.key}/" not in request.headers.get("Authorization", ""):
            request.rfile.read(int(request.headers.get("Content-Length") or 0))
            self.refused.append(request.path)
            return answer(request, 403)
        if request.path.startswith("/api/v1/query"):
            request.rfile.read(int(request.headers.get("Content-Length") or 0))
            self.questions += 1
            return answer(request, 200, b'{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[0,"20"]}]}}')
        return super().serve(request)


def serve_keys(request):
    """What EKS Pod Identity answers, not at once."""
    time.sleep(0.3)
    keys = {"AccessKeyId": "KEY1", "SecretAccessKey": "s", "Token": "t", "Expiration": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600))}
    return answer(request, 200, json.dumps(keys).encode())


def serve_agent(request):
    """An agent that has refilled a gap."""
    gap = {"from": "2025-11-22T19:40:00.502Z", "until": "2025-11-22T19:45:00.501Z", "state": "filled", "reason": None, "samples": 100,
           "series": '{__name__="up"}', "series_delivered": 20, "series_found": 0}
    check = {"number": 1, "result": "complete", "error": None, "samples_compared": 100, "samples_replayed": 100, "gaps": [gap], "gaps_omitted": 0}
    documents = {
        "/api/v1/status": {"node": "node-1", "queues": [{"name": "q", "path": {"state": "connected"}, "queued_samples": 0}]},
        "/-/sync": {"queues": [{"name": "q", "check": 1}]},
        "/api/v1/gaps": {"node": "node-1", "queues": [{"name": "q", "stage": None, "last_check": check}]}}
    return answer(request, 200, json.dumps(documents[request.path]).encode())


def test_what_is_asked_of_the_centre_is_signed(tmp_path):
    with StrictCentre() as centre, Server(serve_keys) as keys, Server(serve_agent) as agent:
        detector = Detector(tmp_path / "detector", f"http://127.0.0.1:{centre.port}", [f"127.0.0.1:{agent.port}"], model=SIGNED)
        clean = {name: value for name, value in detector.environment.items() if not name.startswith("AWS_")}
        detector.environment = clean | {"AWS_CONTAINER_CREDENTIALS_FULL_URI": f"http://127.0.0.1:{keys.port}/", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "t"}
        with detector:
            checked = f'rescfg_detector_write_checks_total{{url="http://127.0.0.1:{centre.port}/api/v1/write",result="success"}}'
            eventually(lambda: detector.metrics()[checked] >= 3, what="its writes are taken")
            # Not one went before the keys were there.
            assert detector.events() == [] and centre.refused == []
            ran = subprocess.run([*detector.arguments[:2], "sync", "--env", "test", "--config", detector.model, "--agents", f"127.0.0.1:{agent.port}",
                                  "--format", "json"], env=detector.environment, capture_output=True, timeout=60)
            [one] = json.loads(ran.stdout)["agents"]
            assert ran.returncode == 0 and one["gaps_verified"] == 1 and one["gaps_denied"] == 0 and one["error"] is None, one
            assert centre.questions == 1 and centre.refused == []
            # Keys that the centre takes no more are a way that doesn't work.
            centre.key = "KEY2"
            eventually(lambda: detector.state()["state"] == "partitioned", what="the detector sees it")
            assert detector.events("centre")[-1]["evidence"]["last_send_failure"] == "refused"
