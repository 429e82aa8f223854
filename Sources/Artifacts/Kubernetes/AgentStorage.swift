import Document
import Model

extension KubernetesContent {
  /// What the agent's storage does not survive, for whoever reads the workload.
  var agentLosses: String {
    let place =
      switch storage {
      case .hostPath: "the queue is lost with its node, and what the node has less than storage.size free"
      case .ephemeral: "the queue is lost with its pod: at every rolling update, drain and eviction"
      case .statefulSetPVC: "nothing with pod or node; while no node is free in its volume's zone, nothing is collected"
      }
    return collector.hasDurableQueue
      ? place : "all that is unsent at every restart, and in a partition what its log is cut by"
  }

  var agentVolumes: [Tree] {
    var volumes: [Tree] = []
    switch storage {
    case .hostPath:
      volumes.append(
        ["name": "data", "hostPath": ["path": value(Settings.hostPath), "type": "DirectoryOrCreate"]]
      )
    case .ephemeral:
      let claim: Tree = ["metadata": ["labels": labels(of: .agent)], "spec": claimSpecification]
      volumes.append(["name": "data", "ephemeral": ["volumeClaimTemplate": claim]])
    case .statefulSetPVC: break
    }
    if collector.hasDurableQueue { volumes.append(modelVolume) }
    if let prometheusConfigName {
      volumes.append(configMapVolume("prometheus-config-source", prometheusConfigName))
      volumes.append(emptyDirectory("prometheus-config", limit: "4Mi"))
    }
    if collector == .prometheus {
      // What rescfg has acknowledged is in its queue, and after a restart Prometheus sends nothing that it had before:
      // a volume that outlives the pod would keep bytes for nobody.
      volumes.append(emptyDirectory("wal", limit: writeAheadLogLimit(spare: 0)))
    }
    volumes.append(tokenVolume)
    return volumes + destinationVolumes
  }

  var agentClaimTemplate: Tree {
    ["metadata": ["name": "data", "labels": labels(of: .agent)], "spec": claimSpecification]
  }

  private var claimSpecification: Tree {
    [
      "accessModes": ["ReadWriteOnce"],
      "storageClassName": value(Settings.storageClass),
      "resources": ["requests": ["storage": value(Settings.storageSize)]],
    ]
  }

  /// Bytes for the write-ahead log of the Prometheus beside rescfg, and `spare` more.
  ///
  /// A kubelet evicts a pod whose emptyDir has outgrown its limit, so this is generous: an hour, twice the period after
  /// which Prometheus cuts this log, at 24 bytes a sample where 22 were measured, 1 KiB a series for the checkpoint, and
  /// two segments of 128 MiB.
  func writeAheadLogLimit(spare: Int) -> Tree {
    let series = scope[Settings.seriesPerNode]
    let samplesPerSecond: Term<Double, S.H> = series.combined(
      .divide,
      with: scope.seconds(Settings.scrapeInterval),
      known: { Double($0) / $1 }
    )
    let samples = samplesPerSecond * .known(3600 * 24)
    let checkpoint: Term<Int, S.H> = series * 1024 + .known((256 << 20) + spare)
    return .text(Text(samples.floor + checkpoint))
  }
}
