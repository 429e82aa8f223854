import Document
import Model

/// The chart of the central Prometheus.
enum PrometheusStackChart {
  /// The specification's commands find the centre by names that follow from this one.
  static let release = "prometheus"
  static let name = "kube-prometheus-stack"
  static let repository = "https://prometheus-community.github.io/helm-charts"
  static let version = "88.5.3"
}

extension TerraformModule {
  /// What all files use, the namespace, and the central Prometheus.
  var main: HCLBody {
    let central = Expression(scope.share("central_values", yaml(centralValues(scope, onOwnStorageClass: false))))
    var resilience = [Expression(scope.share("central_storage_values", yaml(ownStorageClassValues(scope))))]
    if scope[Settings.centralKind] == .prometheus {
      resilience.append(Expression(scope.share("central_rules_values", yaml(rulesMapValues(monitoring.rules)))))
    }
    var body: HCLBody = [.comment(shape), .blank]
    body.append(.block("data", "aws_partition", "current"))
    body.append(.block("data", "aws_caller_identity", "current"))
    body.append(
      .block("locals", body: locals(named: TerraformModule.valuesOfTheStack) + scope.locals.numbers)
    )
    body = body + resources(in: .main)
    body.append(
      .block(
        "resource",
        "helm_release",
        "prometheus",
        body: [
          count(when: scope.variable(Settings.enablePrometheusStack)),
          .blank,
          .set("name", .string(PrometheusStackChart.release)),
          .set("repository", .string(PrometheusStackChart.repository)),
          .set("chart", .string(PrometheusStackChart.name)),
          .set("version", .string(PrometheusStackChart.version)),
          .set("namespace", namespace),
          .set("create_namespace", false),
          .set("atomic", true),
          .set("timeout", 900, comment: "seconds"),
          .blank,
          .set("values", .call("concat", [[central], .conditional(isPresent, then: .list(resilience), else: [])])),
        ]
      )
    )
    return body
  }

  /// The structural settings, which this module has no variables for, but for those that only plans look at.
  private var shape: String {
    let destinations = scope.configuration.destinations.flatMap { Settings.destination($0.name) }
    let structural = Settings.all.filter { $0.isStructural && !Settings.ofPlanning.contains($0) }
    let lines = (structural + destinations).map { info in
      "  \(info.path): \(scope.configuration.resolved(info).value.spelling)"
    }
    return (["Made by rescfg for a model with these settings, which decide what is here:"] + lines)
      .joined(separator: "\n")
  }

  static let valuesOfTheStack = ["central_values", "central_storage_values", "central_rules_values"]

  /// The shared texts of these names, or of all others.
  func locals(named names: [String], butThese isExcluded: Bool = false) -> HCLBody {
    HCLBody(
      scope.locals.texts.filter { names.contains($0.key) != isExcluded }.flatMap { text -> [HCLBody.Item] in
        [.set(text.key, text.value), .blank]
      }
    )
  }
}
