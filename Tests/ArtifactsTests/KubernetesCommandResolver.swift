import Document

/// Looks up everything that a command needs, and says what is missing.
struct CommandResolver {
  let manifests: Manifests

  struct Missing: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  func resolve(_ command: KubectlCommand) throws(Missing) {
    if let namespace = command.options["-n"], namespace != manifests.namespace {
      throw Missing("namespace \(namespace)")
    }
    let words = command.arguments
    guard words.count >= 2, words[0] == "kubectl" else { throw Missing("a kubectl command") }
    switch words[1] {
    case "get": try get(words[2], command)
    case "logs": try logs(command)
    case "describe": _ = try pods(words[3], [:])
    case "exec": try execute(command.program, in: try pods(words[2], [:]))
    case "port-forward": try forward(words[2], words[3])
    case "create": try createJob(from: command.options["--from"] ?? "")
    case "auth": try canI(words[3], words[4], command)
    case "apply": try block(command.document)
    case "delete": if manifests.one("NetworkPolicy", words[3]) != nil { throw Missing("\(words[3]) must not be ours") }
    default: throw Missing("a meaning of '\(words[1])'")
    }
  }

  /// The pods behind `<agent-pod>` or a selector; the central Prometheus' among them.
  private func pods(_ placeholder: String?, _ selector: [String: String]) throws(Missing) -> [Pod] {
    let found =
      if let placeholder, placeholder.hasPrefix("<"), placeholder.hasSuffix("-pod>") {
        manifests.pods.filter { $0.labels["app"]?.contains(placeholder.dropFirst().dropLast(5)) == true }
      } else {
        manifests.pods(selector)
      }
    if found.isEmpty { throw Missing("a pod for \(placeholder ?? "\(selector)")") }
    return found
  }

  private func isCentral(_ selector: [String: String]) -> Bool { manifests.centralPodLabels.contains(all: selector) }

  private func get(_ kind: String, _ command: KubectlCommand) throws(Missing) {
    switch kind {
    case "pods": if !isCentral(command.selector) { _ = try pods(nil, command.selector) }
    case "cronjobs": if manifests.all("CronJob").isEmpty { throw Missing("a CronJob") }
    case "jobs":
      let jobs = manifests.all("CronJob").compactMap { $0["spec", "jobTemplate", "metadata", "labels"]?.strings }
      if !jobs.contains(where: { $0.contains(all: command.selector) }) { throw Missing("a job \(command.selector)") }
    default: throw Missing("objects of kind \(kind)")
    }
  }

  private func logs(_ command: KubectlCommand) throws(Missing) {
    let placeholder = command.arguments.count > 2 ? command.arguments[2] : nil
    if placeholder == nil && isCentral(command.selector) { return }
    for pod in try pods(placeholder, command.selector) {
      if pod.defaultContainer == nil { throw Missing("a default container of \(pod.name)") }
      // `kubectl logs -f -l` follows five pods at most.
      let replicas = pod.owner["spec", "replicas"]?.string.flatMap { Int($0) }
      if command.options["-f"] != nil, (replicas ?? 6) > 5 { throw Missing("5 pods or fewer to follow") }
    }
  }

  private func execute(_ program: [String], in pods: [Pod]) throws(Missing) {
    for pod in pods {
      guard let container = pod.defaultContainer else { throw Missing("a default container of \(pod.name)") }
      switch program.first {
      case "cat":
        let folder = program[1].split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
        let mount = (container["volumeMounts"]?.items ?? []).first { $0["mountPath"]?.string == folder }
        if mount == nil || mount?["readOnly"]?.string == "true" { throw Missing("a writable \(folder)") }
      case "wget": try reach(program.last ?? "", from: pod)
      default: throw Missing("a program \(program)")
      }
    }
  }

  private func reach(_ url: String, from pod: Pod) throws(Missing) {
    let authority = url.split(separator: "/")[1].split(separator: ":")
    guard authority.count == 2, let port = Int(authority[1]) else { throw Missing("a port in \(url)") }
    if authority[0].contains(".") { throw Missing("a host of the same namespace in \(url)") }
    let policies = PolicyEvaluator(policies: manifests.all("NetworkPolicy"))
    let dns = PolicyEvaluator.Peer.podElsewhere(namespace: "kube-system", ["k8s-app": "kube-dns"])
    if !policies.allowsEgress(from: pod.labels, to: dns, port: 53, protocol: "UDP") { throw Missing("DNS") }
    if !policies.allowsEgress(from: pod.labels, to: .pod(manifests.centralPodLabels), port: port) {
      throw Missing("a way from \(pod.name) to \(url)")
    }
  }

  private func forward(_ target: String, _ ports: String) throws(Missing) {
    let remote = String(ports.split(separator: ":").last ?? "")
    guard target.hasPrefix("svc/") else {
      for pod in try pods(target, [:]) where pod.port(remote) == nil { throw Missing("port \(remote) of \(pod.name)") }
      return
    }
    guard let service = manifests.one("Service", String(target.dropFirst(4))) else { throw Missing(target) }
    guard let port = (service["spec", "ports"]?.items ?? []).first(where: { $0["port"]?.string == remote }) else {
      throw Missing("port \(remote) of \(target)")
    }
    let pods = try pods(nil, service["spec", "selector"]?.strings ?? ["no": "selector"])
    if !pods.allSatisfy({ $0.port(port["targetPort"]?.string ?? "") != nil }) {
      throw Missing("endpoints of \(target)")
    }
  }

  private func createJob(from source: String) throws(Missing) {
    guard source.hasPrefix("cronjob/") else { throw Missing("a CronJob in \(source)") }
    let name = String(source.dropFirst(8))
    // `<sync-cronjob-name>`: whoever runs it finds one CronJob in the list, and no other.
    let jobs = manifests.all("CronJob")
    guard name.hasPrefix("<"), jobs.count == 1, let job = jobs.first else { throw Missing("one CronJob") }
    if job.name.utf8.count > 52 { throw Missing("a CronJob name of at most 52 characters") }
  }

  private func canI(_ verb: String, _ resource: String, _ command: KubectlCommand) throws(Missing) {
    let parts = (command.options["--as"] ?? "").split(separator: ":").map(String.init)
    guard parts.count == 4, parts[0] == "system", parts[1] == "serviceaccount" else {
      throw Missing("a ServiceAccount")
    }
    let account = manifests.one("ServiceAccount", parts[3])
    if account?["metadata", "namespace"]?.string != parts[2] { throw Missing("ServiceAccount \(parts[3])") }
    if !AccessEvaluator(manifests: manifests).can(parts[3], verb, resource, in: parts[2]) {
      throw Missing("the right to \(verb) \(resource)")
    }
  }

  /// The drill: a policy without rules only cuts pods off that exist and that no other policy lets anything in to.
  private func block(_ document: [String]) throws(Missing) {
    guard let index = document.firstIndex(where: { $0.hasSuffix("matchLabels:") }) else { throw Missing("a selector") }
    let pair = document[index + 1].split(separator: ":").map { $0.filter { $0 != " " } }
    let selector = [pair[0]: pair[1]]
    if !isCentral(selector) { throw Missing("pods \(selector)") }
    let policies = PolicyEvaluator(policies: manifests.all("NetworkPolicy"))
    if policies.selects(manifests.centralPodLabels, for: "Ingress") { throw Missing("no other policy for \(selector)") }
  }
}
