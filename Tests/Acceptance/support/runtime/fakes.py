"""A scrape target whose every value is known, and a centre that keeps what it gets and fails on demand."""
import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .remote_write import series


class Server:
    """An HTTP server of the test's own."""

    def __init__(self, handler, port=0):
        self.handler = handler
        self.host = "127.0.0.1"
        self.port = port
        self.server = None

    def start(self):
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                owner.handler(self)

            do_POST = do_PATCH = do_GET

        class Listener(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128
            allow_reuse_address = True

            def handle_error(self, *_):
                pass

        self.server = Listener((self.host, self.port), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def stop(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


def answer(request, status, body=b"", headers=()):
    request.send_response(status)
    for name, value in headers:
        request.send_header(name, value)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


class Target(Server):
    """Serves `count` series whose values follow from the number of the scrape: `test_value{i="k"} = scrape * 1000 + k`."""

    def __init__(self, count=10):
        super().__init__(self.serve)
        self.count = count
        self.scrapes = 0
        self.lock = threading.Lock()

    def serve(self, request):
        with self.lock:
            self.scrapes += 1
            number = self.scrapes
        lines = ["# TYPE test_value gauge"]
        lines += [f'test_value{{i="{index}"}} {number * 1000 + index}' for index in range(self.count)]
        lines += [f"test_scrape {number}"]
        answer(request, 200, "\n".join(lines).encode() + b"\n", [("Content-Type", "text/plain; version=0.0.4")])


class Centre(Server):
    """A remote-write receiver that stores every sample in the order it came, and answers as it is told."""

    def __init__(self, port=0):
        super().__init__(self.serve, port)
        self.lock = threading.Lock()
        self.mode = "ok"
        self.samples = {}
        self.requests = []
        self.refuses = lambda labels, time, value: None

    def serve(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        if request.command == "GET":
            return answer(request, 200, b"ok")
        with self.lock:
            mode = self.mode
            self.requests.append((dict(request.headers), mode, len(body)))
        if mode == "hang":
            threading.Event().wait(60)
            return None
        if mode == "reset":
            # Closed by the server when this returns; while its files are open, closing the socket here would leave it hanging.
            request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            request.close_connection = True
            return None
        if mode != "ok":
            status, _, retry_after = str(mode).partition(" ")
            return answer(request, int(status), b"no", [("Retry-After", retry_after)] if retry_after else [])
        found = list(series(body))
        for labels, samples in found:
            for time, value in samples:
                if (reason := self.refuses(dict(labels), time, value)) is not None:
                    return answer(request, reason[0], reason[1].encode())
        with self.lock:
            for labels, samples in found:
                self.samples.setdefault(labels, []).extend(samples)
        return answer(request, 204)

    def of(self, name):
        """All samples of a metric: by labels without the name, in the order of arrival."""
        with self.lock:
            return {labels: list(samples) for labels, samples in self.samples.items() if dict(labels)["__name__"] == name}


class LyingCentre(Centre):
    """Takes every sample, and answers every question with nothing."""

    def serve(self, request):
        if request.path.startswith("/api/v1/query"):
            request.rfile.read(int(request.headers.get("Content-Length") or 0))
            return answer(request, 200, b'{"status":"success","data":{"resultType":"matrix","result":[]}}')
        return super().serve(request)
