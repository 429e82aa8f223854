"""Keys for signed requests: out of the environment, of EKS Pod Identity, and for a service account's token; renewed before they expire."""
import json
import time
import urllib.parse

import pytest

from support.runtime.fakes import Centre, Server, Target, answer
from support.runtime.processes import eventually
from support.runtime.servers import Agent


class Keys(Server):
    """Gives a new key each time, to who shows the token of the file."""

    def __init__(self, token, life):
        super().__init__(self.serve)
        self.token = token
        self.life = life
        self.given = []

    def serve(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0)).decode()
        fields = dict(urllib.parse.parse_qsl(body))
        shown = fields.get("WebIdentityToken") or request.headers.get("Authorization")
        if shown != self.token.read_text().strip():
            return answer(request, 403, b"who are you?")
        key = f"KEY{len(self.given)}"
        expiration = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + self.life))
        self.given.append((key, fields))
        if fields:
            text = (f"<R><C><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
                    f"<SessionToken>token-{key}</SessionToken><Expiration>{expiration}</Expiration></C></R>")
        else:
            text = json.dumps({"AccessKeyId": key, "SecretAccessKey": "s", "Token": f"token-{key}", "Expiration": expiration})
        return answer(request, 200, text.encode())


def signatures(centre):
    """Key and session token of each request that was signed."""
    found = []
    for headers, _, _ in centre.requests:
        headers = {name.lower(): value for name, value in headers.items()}
        if "Credential=" in headers.get("authorization", ""):
            found.append((headers["authorization"].split("Credential=")[1].split("/")[0], headers.get("x-amz-security-token")))
    return found


@pytest.mark.parametrize("way", ["container", "web-identity"])
def test_keys_are_fetched_and_renewed(tmp_path, way):
    token = tmp_path / "token"
    token.write_text("first\n")
    with Target(2) as target, Centre() as centre, Keys(token, life=6) as keys:
        url = f"http://127.0.0.1:{keys.port}/"
        agent = Agent(tmp_path / "agent", f"http://127.0.0.1:{centre.port}", [f"127.0.0.1:{target.port}"],
                      model={"central": {"auth": "sigv4", "sigv4_region": "eu-west-1"}})
        agent.environment = {k: v for k, v in agent.environment.items() if not k.startswith("AWS_")} | (
            {"AWS_CONTAINER_CREDENTIALS_FULL_URI": url, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": str(token)} if way == "container" else
            {"AWS_WEB_IDENTITY_TOKEN_FILE": str(token), "AWS_ROLE_ARN": "arn:aws:iam::1:role/a&b", "AWS_ENDPOINT_URL_STS": url})
        with agent:
            eventually(lambda: signatures(centre), what="a signed request")
            assert signatures(centre)[0] == ("KEY0", "token-KEY0")
            # The token is another one by the time the keys run out.
            token.write_text("second\n")
            eventually(lambda: ("KEY1", "token-KEY1") in signatures(centre), what="a request signed with the next key")
            if way == "web-identity":
                fields = keys.given[0][1]
                assert fields["Action"] == "AssumeRoleWithWebIdentity" and fields["RoleArn"] == "arn:aws:iam::1:role/a&b"
            assert "first" not in agent.output() and "token-KEY" not in agent.output()
