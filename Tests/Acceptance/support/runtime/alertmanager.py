"""The real Alertmanager, and what it holds to fire."""
import json
import urllib.parse

from .processes import Program, eventually, free_port, get
from .servers import TOOLS


class Alertmanager(Program):
    def __init__(self, folder, host="127.0.0.1", port=None):
        self.url = f"http://{host}:{port or free_port()}"
        folder.mkdir(parents=True)
        (folder / "alertmanager.yml").write_text(json.dumps({
            # As docs/alerts.md says.
            "route": {"receiver": "none", "group_by": ["alertname", "cluster", "node"]}, "receivers": [{"name": "none"}]}))
        # Debian's looks for its templates in /usr/share: in a mount namespace of its own, they are there.
        mounted = ["unshare", "-Urm", "sh", "-c", f'mount --bind {TOOLS.parent / "share"} /usr/share && exec "$0" "$@"']
        super().__init__([*mounted, TOOLS / "prometheus-alertmanager", f"--config.file={folder}/alertmanager.yml", f"--storage.path={folder}/data",
                          f"--web.listen-address={self.url.removeprefix('http://')}", "--cluster.listen-address=", "--log.level=warn"], folder / "log")

    def start(self):
        super().start()
        eventually(lambda: get(f"{self.url}/-/ready")[0] == 200, what=f"Alertmanager is ready\n{self.output()}")
        return self

    def alerts(self, **labels):
        """Those that fire and have the labels."""
        matchers = [("filter", f'{name}="{value}"') for name, value in labels.items()]
        return json.loads(get(f"{self.url}/api/v2/alerts?{urllib.parse.urlencode([('active', 'true'), *matchers])}")[1])
