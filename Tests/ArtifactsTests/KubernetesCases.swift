import Artifacts
import Document
import Model

/// One combination of the choices that decide which objects there are.
struct KubernetesCase: Sendable, CustomStringConvertible {
  var collector = Collector.prometheus
  var storage = StorageKind.hostPath
  var stack = true
  var resilience = true
  var changed: [String: ScalarValue] = [:]

  static let all: [KubernetesCase] = Collector.allCases.flatMap { collector in
    StorageKind.allCases.flatMap { storage in
      [true, false].flatMap { stack in
        [true, false].map { KubernetesCase(collector: collector, storage: storage, stack: stack, resilience: $0) }
      }
    }
  }

  /// The ones in which everything exists.
  static let resilient = all.filter(\.resilience)

  var description: String { "\(collector.rawValue), \(storage.rawValue), stack \(stack), resilience \(resilience)" }

  var configuration: Configuration {
    var written: [String: ScalarValue] = [
      "enable_network_resilience": .boolean(resilience),
      "enable_prometheus_stack": .boolean(stack),
      "collector": .text(collector.rawValue),
      "storage.kind": .text(storage.rawValue),
    ]
    written.merge(changed) { $1 }
    return Configuration(
      environment: "prod",
      written: written.mapValues { Configuration.Resolved($0, from: .standard) },
      destinations: Configuration.destinations(in: written)
    )
  }

  var objects: [KubernetesObject<Never>] {
    let scope = Baked(configuration)
    return kubernetesObjects(scope, Monitoring(scope)).filter(\.isPresent.value)
  }
}

func kubernetesArtifacts(_ configuration: Configuration) -> [Artifact] {
  let scope = Baked(configuration)
  return kubernetesArtifacts(scope, Monitoring(scope))
}

func prometheusArtifacts(_ configuration: Configuration) -> [Artifact] {
  let scope = Baked(configuration)
  return prometheusArtifacts(scope, Monitoring(scope))
}
