"""A fleet of agents and their centre, as the detector and the sync job see them: one process, a port for each agent.

    python Benchmarks/fleet.py --agents 1000

Prints one line: a JSON object with the centre's port and the agents'. Ends with its standard input. `/statistics` at the centre says when
agents were asked for their state, and how often each thing was asked for.
"""
import argparse
import asyncio
import collections
import json
import sys
import time


class Fleet:
    def __init__(self, options):
        self.asked = collections.Counter()
        self.polls = []
        self.status = self.encoded(self.status_document(options))
        self.gaps = self.encoded(self.gaps_document(options))
        self.order = self.encoded({"queues": [{"name": "remote_write_central", "check": 7}]})
        self.counted = self.encoded({"status": "success", "data": {"resultType": "vector", "result": [{"metric": {}, "value": [0, "1000"]}]}})

    @staticmethod
    def encoded(document):
        body = json.dumps(document).encode()
        return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body

    @staticmethod
    def status_document(options):
        """Of a node with that many targets."""
        targets = [{"job": "kubernetes-pods", "instance": f"10.0.0.1:{number}", "url": f"http://10.0.0.1:{number}/metrics", "state": "up",
                    "last_scrape": "2025-11-22T19:45:30.000Z", "last_duration_seconds": 0.012, "last_samples": 900, "last_error": None}
                   for number in range(options.targets)]
        queue = {"name": "remote_write_central", "url": "http://centre/api/v1/write", "path": {"state": "connected", "since": None},
                 "queued_samples": 5, "oldest_unsent_age_seconds": 12.5, "last_error": None}
        return {"node": "node", "queues": [queue], "targets": {"listed": targets}}

    @staticmethod
    def gaps_document(options):
        """A check that found that many gaps, and filled them."""
        series = '{__name__="up",cluster="bench",environment="bench",instance="10.0.0.1:9100",job="kubernetes-pods",node="node-1"}'
        gap = {"from": "2025-11-22T19:40:00.502Z", "until": "2025-11-22T19:45:00.501Z", "state": "filled", "reason": None, "samples": 18_000,
               "series": series, "series_delivered": 20, "series_found": 0}
        check = {"number": 7, "result": "complete", "error": None, "samples_compared": 20_000_000, "samples_replayed": 18_000 * options.gaps,
                 "gaps": [gap] * options.gaps, "gaps_omitted": 0}
        return {"node": "node", "queues": [{"name": "remote_write_central", "stage": None, "replayed_samples": 0, "last_check": check}]}

    def answer(self, path):
        match path.partition("?")[0]:
            case "/api/v1/status":
                self.polls.append(time.monotonic())
                return self.status
            case "/api/v1/gaps":
                return self.gaps
            case "/-/sync":
                return self.order
            case "/api/v1/query":
                return self.counted
            case "/statistics":
                return self.encoded({"polls": self.polls, "asked": self.asked})
            case "/api/v1/write":
                return b"HTTP/1.1 204 No Content\r\n\r\n"
            case "/-/healthy":
                return b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

    async def serve(self, reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                for line in head.split("\r\n"):
                    name, _, value = line.partition(":")
                    if name.lower() == "content-length":
                        await reader.readexactly(int(value))
                path = head.split(" ", 2)[1]
                self.asked[path.partition("?")[0]] += 1
                writer.write(self.answer(path))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


async def main(options):
    fleet = Fleet(options)
    servers = [await asyncio.start_server(fleet.serve, "127.0.0.1", 0) for _ in range(options.agents + 1)]
    ports = [server.sockets[0].getsockname()[1] for server in servers]
    print(json.dumps({"centre": ports[0], "agents": ports[1:], "status_bytes": len(fleet.status), "gaps_bytes": len(fleet.gaps)}), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agents", type=int, default=1000)
    parser.add_argument("--targets", type=int, default=500, help="targets that each agent's status lists")
    parser.add_argument("--gaps", type=int, default=20, help="filled gaps that each agent reports")
    asyncio.run(main(parser.parse_args()))
