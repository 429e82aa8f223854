"""What a detector meets in a cluster, on loopback: agents that say what a test wants, and an API server that keeps what it is told."""
import json
import threading

from .fakes import Server, answer


class FakeAgent(Server):
    """Answers like an agent: its state, and orders to look for gaps."""

    def __init__(self, node):
        super().__init__(self.serve)
        self.node = node
        self.state = "connected"
        self.sync_status = 202
        self.syncs = 0
        self.is_silent = False

    def serve(self, request):
        if self.is_silent:
            return request.connection.close()
        if request.command == "POST" and request.path == "/-/sync":
            self.syncs += 1
            return answer(request, self.sync_status)
        if request.path != "/api/v1/status":
            return answer(request, 404)
        queue = {"name": "remote_write_central", "url": "http://centre/api/v1/write", "path": {"state": self.state, "since": None},
                 "queued_samples": 5, "oldest_unsent_age_seconds": None, "last_error": {"message": "hunter2"}}
        document = {"node": self.node, "queues": [queue], "targets": {"listed": []}}
        return answer(request, 200, json.dumps(document).encode(), [("Content-Type", "application/json")])


class APIServer(Server):
    """Takes Events and patches of the detector's ConfigMap, from whoever shows the token."""

    def __init__(self, token):
        super().__init__(self.serve)
        self.token = token
        self.status = None
        self.lock = threading.Lock()
        self.events = []
        self.data = {}
        self.requests = []

    def serve(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        path = request.path.partition("?")[0]
        with self.lock:
            self.requests.append((request.command, path, request.headers.get("Content-Type")))
            if request.headers.get("Authorization") != f"Bearer {self.token}":
                return answer(request, 401)
            if self.status:
                return answer(request, self.status)
            match request.command, path:
                case "POST", "/api/v1/namespaces/observability/events":
                    self.events.append(json.loads(body))
                    return answer(request, 201)
                case "PATCH", "/api/v1/namespaces/observability/configmaps/network-partition-state":
                    self.data |= json.loads(body)["data"]
                    return answer(request, 200)
        return answer(request, 404)
