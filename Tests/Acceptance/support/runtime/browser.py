"""A real Chromium without a window, spoken to by the DevTools protocol over a pair of pipes."""
import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import time

# As root in a container it has no sandbox; it loads nothing but what a test serves.
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--force-device-scale-factor=1",
         "--remote-debugging-pipe"]


def high(descriptors):
    """The same files under numbers that are not in the way of 3 and 4."""
    moved = [fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 20) for descriptor in descriptors]
    for descriptor in descriptors:
        os.close(descriptor)
    return moved


class Browser:
    """One page after the other. Everything that the page says, asks for or breaks is kept."""

    def __init__(self, folder):
        self.folder = folder
        self.process = None
        self.number = 0
        self.events = []
        self.rest = b""
        self.session = None

    def __enter__(self):
        program = shutil.which("chromium")
        assert program, "chromium isn't installed: scripts/setup-tools.sh"
        orders, self.orders = high(os.pipe())
        self.answers, answers = high(os.pipe())
        # The protocol's pipes are descriptors 3 and 4.
        words = ["bash", "-c", f'exec "$@" 3<&{orders} 4>&{answers} {orders}<&- {answers}>&-', "bash", program, *FLAGS,
                 f"--user-data-dir={self.folder}/profile", "about:blank"]
        environment = {**os.environ, "HOME": str(self.folder), "TZ": "Asia/Kathmandu", "LANG": "C.UTF-8"}
        with open(self.folder / "browser.log", "wb") as log:
            self.process = subprocess.Popen(words, pass_fds=(orders, answers), stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
        os.close(orders)
        os.close(answers)
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        os.close(self.orders)
        os.close(self.answers)

    def call(self, method, **parameters):
        self.number += 1
        order = {"id": self.number, "method": method, "params": parameters} | ({"sessionId": self.session} if self.session else {})
        os.write(self.orders, json.dumps(order).encode() + b"\0")
        deadline = time.monotonic() + 60
        while True:
            message = self.read(deadline)
            if message.get("id") != self.number:
                self.events.append(message)
            elif "error" in message:
                raise AssertionError(f"{method}: {message['error']}")
            else:
                return message["result"]

    def read(self, deadline):
        while b"\0" not in self.rest:
            ready, _, _ = select.select([self.answers], [], [], max(0, deadline - time.monotonic()))
            piece = os.read(self.answers, 1 << 16) if ready else b""
            assert piece, f"the browser says nothing\n{(self.folder / 'browser.log').read_text(errors='replace')[-2000:]}"
            self.rest += piece
        message, _, self.rest = self.rest.partition(b"\0")
        return json.loads(message)

    def wait_for(self, method):
        deadline = time.monotonic() + 60
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.read(deadline))

    def show(self, width=1280, height=900, scheme="light"):
        """The size of the window, and what the reader likes."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def open(self, url):
        self.events.clear()
        assert "errorText" not in self.call("Page.navigate", url=url)
        self.wait_for("Page.loadEventFired")

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def complaints(self):
        """What a developer's console would show: errors, warnings, what a policy forbade."""
        self.evaluate("1")
        said = [event["params"] for event in self.events if event.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")]
        failed = [event["params"] for event in self.events if event.get("method") == "Network.loadingFailed"]
        return said + failed

    def requested(self):
        self.evaluate("1")
        return [event["params"]["request"]["url"] for event in self.events if event.get("method") == "Network.requestWillBeSent"]

    def accessible(self):
        """What a screen reader is told: (role, name) in the order of the page, without what is ignored."""
        nodes = {node["nodeId"]: node for node in self.call("Accessibility.getFullAXTree")["nodes"]}
        found = []

        def walk(node):
            if not node.get("ignored"):
                found.append((node["role"]["value"], node.get("name", {}).get("value", "")))
            for child in node.get("childIds", []):
                walk(nodes[child])
        walk(next(node for node in nodes.values() if "parentId" not in node))
        return found

    def screenshot(self, path):
        height = self.evaluate("document.documentElement.scrollHeight")
        size = self.call("Page.getLayoutMetrics")["cssLayoutViewport"]
        clip = {"x": 0, "y": 0, "width": size["clientWidth"], "height": height, "scale": 1}
        picture = self.call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(picture["data"]))
