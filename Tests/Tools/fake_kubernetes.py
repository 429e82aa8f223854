"""An API server on loopback that lists and watches pods by a script, and then says what it was asked.

Prints its port. Each watch is answered by the next entry of the script, chunked, and ends behind it.
"""
import http.server
import json
import sys


def pod(name, ip, version):
    return {"metadata": {"name": name, "namespace": "ns", "resourceVersion": str(version), "labels": {"text": "a\n\"é\u2028"}},
            "spec": {"nodeName": "node-a", "containers": [{"name": "c", "ports": [{"containerPort": 80}]}]},
            "status": {"podIP": ip, "conditions": None}}


def event(kind, item):
    return {"type": kind, "object": item}


GONE = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Expired", "code": 410, "message": "too old resource version"}
LISTS = [
    [pod("a", "10.0.0.1", 1), pod("b", "10.0.0.2", 2), pod("c", "10.0.0.3", 3)],
    [pod("b", "10.0.0.2", 2), pod("d", "10.0.0.4", 21)],
    [pod("d", "10.0.0.5", 41)],
]
WATCHES = [
    [event("MODIFIED", pod("a", "10.0.0.9", 11)), event("DELETED", pod("b", "10.0.0.2", 12)),
     event("BOOKMARK", {"kind": "Pod", "metadata": {"resourceVersion": "15", "creationTimestamp": None}, "spec": {"containers": None}})],
    [event("ADDED", pod("e", "", 16)), event("ERROR", GONE)],
    410,
    [event("ADDED", pod("f", "10.0.0.6", 42))],
]


class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    lists, watches, asked = 0, 0, []

    def do_GET(self):
        if self.path == "/asked":
            return self.answer(200, Server.asked)
        path, _, query = self.path.partition("?")
        parameters = dict(part.split("=", 1) for part in query.split("&"))
        Server.asked.append({"path": path, **parameters})
        if "watch" in parameters:
            return self.watch()
        if "continue" in parameters:
            Server.lists += 1
            return self.answer(200, self.page(LISTS[Server.lists - 1][1:], ""))
        items = LISTS[Server.lists]
        if len(items) > 2:
            return self.answer(200, self.page(items[:1], "more/=="))
        Server.lists += 1
        self.answer(200, self.page(items, ""))

    def page(self, items, continuation):
        return {"kind": "PodList", "metadata": {"resourceVersion": str(10 + 10 * Server.lists), "continue": continuation}, "items": items}

    def answer(self, status, document):
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def watch(self):
        script = WATCHES[Server.watches]
        Server.watches += 1
        if script == 410:
            return self.answer(410, GONE)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        text = "".join(json.dumps(event) + "\n" for event in script).encode()
        for start in range(0, len(text), 100):
            part = text[start:start + 100]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
print(server.server_address[1], flush=True)
# Ends with whoever started it.
import threading
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
