"""`rescfg run agent` finds its targets: in files, at an HTTP service, and with the cluster's API server."""
import json
import queue
from urllib.parse import parse_qs, urlsplit

from support.runtime.fakes import Centre, Server, Target, answer
from support.runtime.processes import eventually, free_port
from support.runtime.servers import Agent


def jobs_heard(centre):
    """Instances by job, of the targets that are up at the centre."""
    heard = {}
    for labels in centre.of("up"):
        labels = dict(labels)
        heard.setdefault(labels["job"], set()).add(labels["instance"])
    return heard


def address(target):
    return f"127.0.0.1:{target.port}"


def agent_for(folder, centre, config):
    return Agent(folder, f"http://127.0.0.1:{centre.port}", model={"scrape_configs": [{"job_name": "found"} | config]})


def test_files(tmp_path):
    """A file that changes changes the targets; one that breaks changes nothing."""
    file = tmp_path / "targets.json"
    with Target() as first, Target() as second, Centre() as centre:
        file.write_text(json.dumps([{"targets": [address(first)], "labels": {"from": "file"}}]))
        with agent_for(tmp_path / "agent", centre, {"file_sd_configs": [{"files": [str(tmp_path / "*.json")], "refresh_interval": "1s"}]}):
            eventually(lambda: jobs_heard(centre) == {"found": {address(first)}}, what="the file's target is scraped")
            assert all(dict(labels)["from"] == "file" for labels in centre.of("up"))
            file.write_text("[{")
            scrapes = first.scrapes
            eventually(lambda: first.scrapes >= scrapes + 3, what="the last good target is scraped on")
            file.write_text(json.dumps([{"targets": [address(second)]}]))
            eventually(lambda: address(second) in jobs_heard(centre)["found"], what="the new target is scraped")


def test_http(tmp_path):
    with Target() as target, Centre() as centre:
        def serve(request):
            body = json.dumps([{"targets": [address(target)], "labels": {"from": "service"}}]).encode()
            answer(request, 200, body, [("Content-Type", "application/json")])

        with Server(serve) as service:
            with agent_for(tmp_path / "agent", centre, {"http_sd_configs": [{"url": f"http://127.0.0.1:{service.port}/targets", "refresh_interval": "1s"}]}):
                eventually(lambda: jobs_heard(centre) == {"found": {address(target)}}, what="the service's target is scraped")


class Cluster(Server):
    """An API server with one watch of pods, fed by the test."""

    def __init__(self):
        super().__init__(self.serve)
        self.pods = []
        self.events = queue.Queue()
        self.asked = []

    def serve(self, request):
        query = parse_qs(urlsplit(request.path).query)
        self.asked.append((urlsplit(request.path).path, query))
        if "watch" not in query:
            listed = {"kind": "PodList", "apiVersion": "v1", "metadata": {"resourceVersion": "5"}, "items": self.pods}
            return answer(request, 200, json.dumps(listed).encode(), [("Content-Type", "application/json")])
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        while True:
            try:
                line = json.dumps(self.events.get(timeout=30)).encode() + b"\n"
            except queue.Empty:
                return None
            request.wfile.write(b"%x\r\n%s\r\n" % (len(line), line))
            request.wfile.flush()


def pod(name, port, version):
    return {"metadata": {"name": name, "namespace": "shop", "uid": name, "resourceVersion": str(version), "labels": {"app": name}},
            "spec": {"nodeName": "node-1", "containers": [{"name": "web", "image": "web", "ports": [{"containerPort": port, "protocol": "TCP"}]}]},
            "status": {"podIP": "127.0.0.1", "hostIP": "127.0.0.1", "phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]}}


def test_cluster(tmp_path):
    """Pods of this node are listed and then watched: one that comes is scraped, one that goes ends with stale markers."""
    with Target() as first, Target() as second, Centre() as centre, Cluster() as cluster:
        cluster.pods = [pod("first", first.port, 1)]
        config = {"kubernetes_sd_configs": [{"role": "pod", "api_server": f"http://127.0.0.1:{cluster.port}",
                                             "selectors": [{"role": "pod", "field": "spec.nodeName=$(NODE_NAME)"}]}],
                  "relabel_configs": [{"source_labels": ["__meta_kubernetes_pod_name"], "target_label": "pod"},
                                      {"source_labels": ["__meta_kubernetes_pod_label_app"], "target_label": "app"}]}
        with agent_for(tmp_path / "agent", centre, config):
            def pods():
                return {dict(labels)["pod"]: dict(labels)["app"] for labels in centre.of("up")}
            eventually(lambda: pods() == {"first": "first"}, what="the listed pod is scraped")
            assert all(query["fieldSelector"] == ["spec.nodeName=node-1"] for _, query in cluster.asked)
            cluster.events.put({"type": "ADDED", "object": pod("second", second.port, 6)})
            eventually(lambda: pods() == {"first": "first", "second": "second"}, what="the new pod is scraped")
            cluster.events.put({"type": "DELETED", "object": pod("first", first.port, 7)})
            def ended():
                before = first.scrapes
                return eventually(lambda: second.scrapes > 3, what="scrapes go on") and first.scrapes == before
            eventually(ended, interval=2.5, what="the deleted pod is scraped no more")


def test_no_cluster_is_a_located_error(tmp_path):
    agent = Agent(tmp_path / "agent", f"http://127.0.0.1:{free_port()}", model={"scrape_configs": [
        {"job_name": "found", "kubernetes_sd_configs": [{"role": "pod"}]}]})
    Agent.__mro__[1].start(agent)
    assert agent.process.wait(20) == 2
    assert "no-cluster" in agent.output() and "rescfg.yaml:1:" in agent.output()
