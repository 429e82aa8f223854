import Document
import Model

extension KubernetesContent {
  /// The container that the specification's commands mean: its log has `remote_write`, its image `wget`, and it owns
  /// port 9090.
  var defaultAgentContainer: String { collector.hasDurableQueue ? "rescfg" : "prometheus" }

  var agentContainers: [Tree] {
    switch collector {
    case .prometheus: [rescfgContainer(queueResources), prometheusContainer]
    case .rescfg: [rescfgContainer(agentResources(disk: "256Mi"))]
    case .prometheusOnly: [prometheusContainer]
    }
  }

  var agentInitContainers: [Tree] {
    var containers: [Tree] = []
    if storage == .hostPath { containers.append(ownDirectory) }
    if collector.hasPrometheus { containers.append(nameNode) }
    return containers
  }

  private func rescfgContainer(_ resources: Tree) -> Tree {
    .mapping(
      [
        Entry("name", "rescfg"),
        Entry("image", value(Settings.rescfgImage)),
        Entry("imagePullPolicy", "Always"),
        Entry("command", ["rescfg"]),
        Entry("args", rescfgArguments("agent")),
        Entry("env", [nodeName, podName]),
        Entry("ports", [httpContainerPort]),
        Entry("resources", resources),
      ] + httpProbes + [
        Entry("terminationMessagePolicy", "FallbackToLogsOnError"),
        Entry("securityContext", containerSecurityContext),
        Entry(
          "volumeMounts",
          .sequence(
            [mount("data", at: Text(Agreed.queueDirectory)), modelMount]
              + (collector.hasPrometheus ? [] : [tokenMount]) + destinationMounts
          )
        ),
      ]
    )
  }

  private var prometheusContainer: Tree {
    let isAlone = collector == .prometheusOnly
    return .mapping(
      [
        Entry("name", "prometheus"),
        Entry("image", value(Settings.prometheusImage)),
        Entry("imagePullPolicy", "Always"),
        Entry("args", .sequence(prometheusArguments(scope).map { .text($0) })),
        Entry("env", [nodeName, podName]),
      ] + (isAlone ? [Entry("ports", [httpContainerPort])] : []) + [
        Entry("resources", agentResources(disk: isAlone ? "256Mi" : writeAheadLogLimit(spare: 256 << 20)))
      ] + (isAlone ? httpProbes : loopbackProbes) + [
        Entry("terminationMessagePolicy", "FallbackToLogsOnError"),
        Entry("securityContext", containerSecurityContext),
        Entry(
          "volumeMounts",
          .sequence(
            [
              mount(isAlone ? "data" : "wal", at: Text(Agreed.prometheusData)),
              mount("prometheus-config", at: Text(Agreed.prometheusConfigDirectory), readOnly: true),
              tokenMount,
            ] + (isAlone ? destinationMounts : [])
          )
        ),
      ]
    )
  }

  /// Prometheus beside rescfg listens on loopback, where a kubelet's HTTP probe doesn't reach it.
  private var loopbackProbes: [Entry] {
    func probe(_ pace: ProbePace, _ path: String) -> Tree {
      [
        "exec": ["command": ["wget", "-q", "-T", "4", "-O", "/dev/null", "\(Agreed.loopbackPrometheus)\(path)"]],
        "periodSeconds": .integer(.known(pace.periodSeconds)),
        "failureThreshold": .integer(.known(pace.failureThreshold)),
        "timeoutSeconds": 5,
      ]
    }
    return [
      Entry("startupProbe", probe(.startup, "/-/ready")),
      Entry("livenessProbe", probe(.liveness, "/-/healthy")),
      Entry("readinessProbe", probe(.readiness, "/-/ready")),
    ]
  }

  /// The specification's figures, for what collects.
  private func agentResources(disk: Tree) -> Tree {
    resources(
      requests: (Settings.agentCPURequest, Settings.agentMemoryRequest, disk),
      limits: (Settings.agentCPULimit, Settings.agentMemoryLimit, disk)
    )
  }

  private var queueResources: Tree {
    resources(
      requests: (Settings.queueCPURequest, Settings.queueMemoryRequest, "64Mi"),
      limits: (Settings.queueCPULimit, Settings.queueMemoryLimit, "256Mi")
    )
  }

  /// A node's directory belongs to root when it is new, and `fsGroup` does nothing for a hostPath.
  private var ownDirectory: Tree {
    let path = Text(collector.hasDurableQueue ? Agreed.queueDirectory : Agreed.prometheusData)
    return initContainer(
      "own-directory",
      image: collector.hasPrometheus ? Settings.prometheusImage : Settings.rescfgImage,
      command: ["chown", "\(Agreed.userID):\(Agreed.userID)", .text(path)],
      security: directoryOwnerSecurityContext,
      mounts: [mount("data", at: path)]
    )
  }

  /// Prometheus replaces variables in external labels only, and its discovery needs the node's name as well: the file
  /// it reads is the ConfigMap's with the name put in. `[$]` keeps Kubernetes from replacing the pattern too.
  private var nameNode: Tree {
    initContainer(
      "name-node",
      image: Settings.prometheusImage,
      command: [
        "sed", "-n", "-e", "s/[$](NODE_NAME)/$(NODE_NAME)/g", "-e",
        "w \(Agreed.prometheusConfigDirectory)/\(Agreed.prometheusConfigFile)",
        "\(Agreed.prometheusConfigSource)/\(Agreed.prometheusConfigFile)",
      ],
      environment: [nodeName],
      security: containerSecurityContext,
      mounts: [
        mount("prometheus-config", at: Text(Agreed.prometheusConfigDirectory)),
        mount("prometheus-config-source", at: Text(Agreed.prometheusConfigSource), readOnly: true),
      ]
    )
  }

  private func initContainer(
    _ name: String,
    image: Setting<String>,
    command: Tree,
    environment: [Tree] = [],
    security: Tree,
    mounts: [Tree]
  ) -> Tree {
    let amounts: Tree = ["cpu": "50m", "memory": "32Mi", "ephemeral-storage": "16Mi"]
    return .mapping(
      [
        Entry("name", .text(Text(name))),
        Entry("image", value(image)),
        Entry("imagePullPolicy", "Always"),
        Entry("command", command),
      ] + (environment.isEmpty ? [] : [Entry("env", .sequence(environment))]) + [
        Entry("resources", ["requests": amounts, "limits": amounts]),
        Entry("securityContext", security),
        Entry("volumeMounts", .sequence(mounts)),
      ]
    )
  }
}
