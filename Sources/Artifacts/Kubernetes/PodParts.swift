import Document
import Model

/// How long and how often a container is asked about itself.
struct ProbePace {
  let periodSeconds: Int
  let failureThreshold: Int

  /// Before anything else is asked: reading back a queue or a write-ahead log takes its time.
  static let startup = ProbePace(periodSeconds: 5, failureThreshold: 60)
  /// Patient: a restart costs more than a slow answer.
  static let liveness = ProbePace(periodSeconds: 15, failureThreshold: 4)
  static let readiness = ProbePace(periodSeconds: 10, failureThreshold: 2)
}

extension KubernetesContent {
  func mount(_ volume: String, at path: Text, readOnly: Bool = false) -> Tree {
    let mount: Tree = ["name": .text(Text(volume)), "mountPath": .text(path)]
    return readOnly ? mount.adding("readOnly", true) : mount
  }

  func emptyDirectory(_ name: String, limit: Tree) -> Tree {
    ["name": .text(Text(name)), "emptyDir": ["sizeLimit": limit]]
  }

  func configMapVolume(_ name: String, _ configMap: Text) -> Tree {
    ["name": .text(Text(name)), "configMap": ["name": .text(configMap)]]
  }

  var modelVolume: Tree { configMapVolume("model", modelName) }
  var modelMount: Tree { mount("model", at: Text(Agreed.modelDirectory), readOnly: true) }

  /// What requests to the centre show, as files; none where they show nothing.
  var centralVolumes: [Tree] { accessVolumes(Toward(Destination.centre, scope)) }
  var centralMounts: [Tree] { accessMounts(Toward(Destination.centre, scope)) }

  /// What requests to any destination show.
  var destinationVolumes: [Tree] { scope.destinations.flatMap(accessVolumes) }
  var destinationMounts: [Tree] { scope.destinations.flatMap(accessMounts) }

  private func accessVolumes(_ scope: Toward<S>) -> [Tree] {
    let items = scope.configuration.centralFiles.map { file -> Tree in
      ["key": .text(Text(file.rawValue)), "path": .text(Text(file.rawValue))]
    }
    if items.isEmpty { return [] }
    return [
      [
        "name": .text(Text(accessVolumeName(scope))),
        "secret": .mapping([
          Entry("secretName", .text(scope.text(Settings.centralCredentials))),
          Entry("defaultMode", .integer(.known(0o400)), comment: "For its owner to read, and nobody else."),
          Entry("items", .sequence(items)),
        ]),
      ]
    ]
  }

  private func accessMounts(_ scope: Toward<S>) -> [Tree] {
    let directory = Text(scope.configuration.centralDirectory)
    return scope.configuration.centralFiles.isEmpty
      ? [] : [mount(accessVolumeName(scope), at: directory, readOnly: true)]
  }

  private func accessVolumeName(_ scope: Toward<S>) -> String { "\(scope.configuration.destinationName)-access" }

  /// A token for the API server that is an hour old at most, in the place where clients look for one.
  var tokenVolume: Tree {
    [
      "name": "kube-api-access",
      "projected": [
        "sources": [
          ["serviceAccountToken": ["path": "token", "expirationSeconds": 3600]],
          ["configMap": ["name": "kube-root-ca.crt", "items": [["key": "ca.crt", "path": "ca.crt"]]]],
          ["downwardAPI": ["items": [["path": "namespace", "fieldRef": ["fieldPath": "metadata.namespace"]]]]],
        ]
      ],
    ]
  }
  var tokenMount: Tree { mount("kube-api-access", at: Text(Agreed.tokenDirectory), readOnly: true) }

  func environment(_ name: String, field: String) -> Tree {
    ["name": .text(Text(name)), "valueFrom": ["fieldRef": ["fieldPath": .text(Text(field))]]]
  }
  var nodeName: Tree { environment("NODE_NAME", field: "spec.nodeName") }
  var podName: Tree { environment("POD_NAME", field: "metadata.name") }

  /// `rescfg run PART`, as every container of ours is started.
  func rescfgArguments(_ part: String) -> Tree {
    [
      "run", .text(Text(part)), "--env", .text(scope.environmentText), "--config",
      .text(Text("\(Agreed.modelDirectory)/\(Agreed.modelFile)")),
    ]
  }

  var httpContainerPort: Tree {
    [
      "name": .text(Text(Agreed.httpPortName)),
      "containerPort": .integer(.known(Agreed.httpPort)),
      "protocol": "TCP",
    ]
  }

  func probe(_ pace: ProbePace, asking path: String) -> Tree {
    [
      "httpGet": ["path": .text(Text(path)), "port": .text(Text(Agreed.httpPortName))],
      "periodSeconds": .integer(.known(pace.periodSeconds)),
      "failureThreshold": .integer(.known(pace.failureThreshold)),
      "timeoutSeconds": 5,
    ]
  }

  /// A partition changes neither answer: a restart would only cost what is in memory.
  var httpProbes: [Entry] {
    [
      Entry("startupProbe", probe(.startup, asking: "/-/ready")),
      Entry("livenessProbe", probe(.liveness, asking: "/-/healthy")),
      Entry("readinessProbe", probe(.readiness, asking: "/-/ready")),
    ]
  }

  func resources(
    requests: (cpu: Setting<Quantity>, memory: Setting<Quantity>, disk: Tree),
    limits: (cpu: Setting<Quantity>, memory: Setting<Quantity>, disk: Tree)
  ) -> Tree {
    [
      "requests": [
        "cpu": value(requests.cpu), "memory": value(requests.memory), "ephemeral-storage": requests.disk,
      ],
      "limits": ["cpu": value(limits.cpu), "memory": value(limits.memory), "ephemeral-storage": limits.disk],
    ]
  }

  /// The fields that every pod begins with.
  func podFrame(of component: Component, terminationGraceSeconds: Int) -> [Entry] {
    [
      Entry("serviceAccountName", .text(Text(component.name))),
      Entry("automountServiceAccountToken", false),
      Entry("enableServiceLinks", false),
      Entry("priorityClassName", .text(priorityClassName)),
      Entry("nodeSelector", ["kubernetes.io/os": "linux"]),
      Entry("terminationGracePeriodSeconds", .integer(.known(terminationGraceSeconds))),
      Entry("securityContext", podSecurityContext),
    ]
  }

  /// The pod's metadata. `kubectl logs` and `kubectl exec` without `-c` mean the container that is named here.
  func podMetadata(of component: Component, defaultContainer: String, annotations: [Entry] = []) -> Tree {
    let named = Entry("kubectl.kubernetes.io/default-container", .text(Text(defaultContainer)))
    return ["labels": labels(of: component), "annotations": .mapping([named] + annotations)]
  }
}
