"""A cluster that has the rendered objects and nothing else, as far as kubectl's commands ask about it.

Each command is resolved as kubectl would resolve it, and what it would find is checked; where it would find nothing, or
something that can't answer, `Unresolved` says why.
"""
import re
import shlex

IMAGES_WITH_BUSYBOX = {"cat", "wget", "sh", "ls"}


class Unresolved(AssertionError):
    pass


def need(condition, why):
    if not condition:
        raise Unresolved(why)


class Cluster:
    PLACEHOLDERS = {
        "<detector-pod>": "network-partition-detector", "<agent-pod>": "prometheus-agent",
        "<sync-cronjob-name>": "metrics-sync",
    }

    def __init__(self, output):
        self.output = output
        self.central = None
        if (output / "prometheus/central-values.yaml").exists():
            self.central = output.yaml("prometheus/central-values.yaml")["prometheus"]["prometheusSpec"]
        self.namespace = next(it for it in output.of_kind("Namespace"))["metadata"]["name"]

    # What there is

    def pods(self, selector):
        """Pod templates that match; the central Prometheus' pods are the operator's, with the labels of podMetadata."""
        found = [(workload, template) for workload, template in self.output.workloads
                 if matches(template["metadata"]["labels"], selector)]
        central = self.central and self.central["podMetadata"]["labels"]
        if central and matches(central, selector):
            found.append((None, {"metadata": {"labels": central}, "spec": {"containers": [{"name": "prometheus", "ports": [{"containerPort": 9090}]}]}}))
        return found

    def pod(self, placeholder):
        found = self.pods({"app": self.PLACEHOLDERS[placeholder]})
        need(len(found) == 1, f"{placeholder}: {len(found)} workloads")
        return found[0][1]

    def container(self, template, name=None):
        containers = template["spec"]["containers"]
        if name is None:
            name = template["metadata"].get("annotations", {}).get("kubectl.kubernetes.io/default-container")
            need(name or len(containers) == 1, "several containers and no default one")
            name = name or containers[0]["name"]
        found = [it for it in containers if it["name"] == name]
        need(found, f"no container {name}")
        return found[0]

    # What commands ask

    def resolve(self, command):
        words = shlex.split(command.split(" | ")[0].split(" > ")[0])
        need(words.pop(0) == "kubectl", "not kubectl")
        flags, words, inner = self.parse(words)
        need(flags.get("-n") in (self.namespace, None) or flags["-n"] == "kube-system", f"namespace {flags.get('-n')}")
        if flags.get("-n") != "kube-system":
            getattr(self, words[0].replace("-", "_"))(words[1:], flags, inner)

    @staticmethod
    def parse(words):
        inner = []
        if "--" in words:
            words, inner = words[:words.index("--")], words[words.index("--") + 1:]
        flags, rest = {}, []
        words = iter(words)
        for word in words:
            name, equals, value = word.partition("=")
            if word in ("-n", "-l", "-c", "-o"):
                flags[word] = next(words)
            elif word == "-f":
                flags[word] = True
            elif word.startswith("-"):
                flags[name] = value if equals else True
            else:
                rest.append(word)
        return flags, rest, inner

    def get(self, words, flags, inner):
        kind, *names = words
        kinds = {"pods": "Pod", "pod": "Pod", "cronjobs": "CronJob", "jobs": "Job", "networkpolicy": "NetworkPolicy"}
        need(kind in kinds, f"kind {kind}")
        selector = labels(flags.get("-l"))
        if kinds[kind] == "Pod":
            for name in names:
                self.pod(name)
            need(names or self.pods(selector), f"no pod has {selector}")
        elif kinds[kind] == "Job":
            jobs = [it["spec"]["jobTemplate"].get("metadata", {}).get("labels", {}) for it in self.output.of_kind("CronJob")]
            need(any(matches(it, selector) for it in jobs), f"no job has {selector}")
        else:
            need(self.output.of_kind(kinds[kind]), f"no {kind}")

    def describe(self, words, flags, inner):
        need(words[0] == "pod", words[0])
        self.pod(words[1])

    def logs(self, words, flags, inner):
        found = self.pods(labels(flags["-l"])) if "-l" in flags else [(None, self.pod(words[0]))]
        need(found, f"no pod has {flags.get('-l')}")
        for workload, template in found:
            if "--all-containers" not in flags:
                self.container(template, flags.get("-c"))
            if flags.get("-f"):
                need((workload or {}).get("spec", {}).get("replicas", 1) <= 5, "kubectl logs -f follows five pods")

    def exec(self, words, flags, inner):
        template = self.pod(words[0])
        container = self.container(template, flags.get("-c"))
        need(inner[0] in IMAGES_WITH_BUSYBOX | {"rescfg"}, f"{inner[0]} in {container['image']}")
        need("distroless" not in container["image"], "an image without a shell")
        if inner[0] == "cat":
            mounts = [it for it in container["volumeMounts"] if inner[1].startswith(it["mountPath"] + "/")]
            need(mounts and not any(it.get("readOnly") for it in mounts), f"{inner[1]} isn't on a writable volume")
        if inner[0] == "rescfg":
            need(container["name"] == "rescfg", "rescfg isn't in that container")
            need(any(inner[-1].startswith(it["mountPath"]) for it in container["volumeMounts"]), f"{inner[-1]} isn't mounted")
        if inner[0] == "ls":
            need(any(inner[-1].startswith(it["mountPath"]) for it in container["volumeMounts"]), f"{inner[-1]} isn't mounted")
        if inner[0] == "wget":
            self.egress_allows(template, inner[-1])

    def egress_allows(self, template, url):
        """Some policy of the pod lets it ask DNS and reach the URL's port."""
        port = int((re.search(r":(\d+)(/|$)", url) or [0, 443 if url.startswith("https") else 80])[1])
        policies = [it["spec"] for it in self.output.of_kind("NetworkPolicy")
                    if matches(template["metadata"]["labels"], it["spec"]["podSelector"].get("matchLabels", {}))
                    and "Egress" in it["spec"]["policyTypes"]]
        if not policies:
            return
        ports = [it for policy in policies for rule in policy.get("egress", []) for it in rule.get("ports", [{"port": None}])]
        numbers = {it.get("port") for it in ports}
        need(53 in numbers, "no policy allows DNS")
        need(port in numbers or None in numbers, f"no policy allows port {port}")

    def port_forward(self, words, flags, inner):
        target, ports = words
        remote = int(ports.split(":")[1])
        if target.startswith("svc/"):
            service = self.output.named("Service", target.removeprefix("svc/"))
            (port,) = [it for it in service["spec"]["ports"] if it["port"] == remote]
            found = self.pods(service["spec"]["selector"])
            need(found, "the Service selects nothing")
            for _, template in found:
                names = {it.get("name"): it["containerPort"] for c in template["spec"]["containers"] for it in c.get("ports", [])}
                need(port["targetPort"] in names or port["targetPort"] in names.values(), "no such port in the pod")
        else:
            template = self.pod(target)
            need(any(it["containerPort"] == remote for c in template["spec"]["containers"] for it in c.get("ports", [])), f"no container has port {remote}")

    def create(self, words, flags, inner):
        name = flags["--from"].removeprefix("cronjob/")
        name = self.PLACEHOLDERS.get(name, name)
        need(len(self.output.named("CronJob", name)["metadata"]["name"]) <= 52, "a CronJob's name has 52 characters at most")

    def delete(self, words, flags, inner):
        if words[0] == "pod":
            self.pod(words[1])
        else:
            need(words == ["networkpolicy", "block-prometheus"], " ".join(words))

    def auth(self, words, flags, inner):
        can_i, verb, resource = words
        _, _, namespace, account = flags["--as"].split(":")
        need((namespace, can_i) == (self.namespace, "can-i"), namespace)
        self.output.named("ServiceAccount", account)
        need(self.may(account, verb, resource), f"{account} may not {verb} {resource}")

    def may(self, account, verb, resource):
        for binding in self.output.of_kind("RoleBinding") + self.output.of_kind("ClusterRoleBinding"):
            if any(it["kind"] == "ServiceAccount" and it["name"] == account for it in binding["subjects"]):
                role = self.output.named(binding["roleRef"]["kind"], binding["roleRef"]["name"])
                for rule in role["rules"]:
                    if resource in rule.get("resources", []) and verb in rule["verbs"] and not rule.get("resourceNames"):
                        return True
        return False

    def apply(self, words, flags, inner):
        """A policy from standard input: checked by what it selects, in `blocks`."""

    def blocks(self, policy):
        """A policy that isolates pods blocks them only if no other one lets traffic in: policies add up."""
        selector = policy["spec"]["podSelector"]["matchLabels"]
        found = self.pods(selector)
        need(found, f"the policy selects nothing: no pod has {selector}")
        for _, template in found:
            for other in self.output.of_kind("NetworkPolicy"):
                if matches(template["metadata"]["labels"], other["spec"]["podSelector"].get("matchLabels", {})):
                    need("Ingress" not in other["spec"]["policyTypes"] or not other["spec"].get("ingress"),
                         f"{other['metadata']['name']} lets traffic in all the same")


def labels(selector):
    return dict(pair.split("=") for pair in selector.split(",")) if selector else {}


def matches(have, want):
    return all(have.get(key) == value for key, value in want.items())
