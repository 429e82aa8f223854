import ArgumentParser
import Model

/// Which environment, and which part of what it renders.
struct SelectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The environment. [RESCFG_ENV]", valueName: "environment"))
  var env: String?

  @Option(
    help: ArgumentHelp(
      "Only these: terraform, kubernetes (k8s), prometheus (alerts), grafana (dashboards), docs. [RESCFG_ONLY]",
      valueName: "group,..."
    ),
    completion: .list(ArtifactGroup.allCases.map(\.rawValue))
  )
  var only: [String] = []

  var environment: String? { env ?? Variables.text("RESCFG_ENV") }

  func groups() throws(Stop) -> Set<ArtifactGroup> {
    try ArtifactGroup.selected(by: only.isEmpty ? Variables.text("RESCFG_ONLY").map { [$0] } ?? [] : only)
  }

  var isLimited: Bool { !only.isEmpty || Variables.text("RESCFG_ONLY") != nil }
}
