import Agent
import ArgumentParser
import Model
import Runtime

struct RunDetectorCommand: ModelCommand {
  static let configuration = CommandConfiguration(
    commandName: "detector",
    abstract: "Watch the path to the centre and every agent's, log partitions, and have gaps looked for when one ends.",
    discussion: HelpText.runDetector
  )

  @Option(help: ArgumentHelp("The environment. (default: the model's only one) [RESCFG_ENV]", valueName: "environment"))
  var env: String?

  @Option(
    help: ArgumentHelp(
      "Where metrics, health and status are served. (default: \(Defaults.listen)) [RESCFG_LISTEN]",
      valueName: "address"
    )
  )
  var listen: String?

  @Option(
    help: ArgumentHelp("The event log. (default: \(Defaults.events)) [RESCFG_EVENTS]", valueName: "file"),
    completion: .file()
  )
  var events: String?

  @Option(
    help: ArgumentHelp(
      "Agents, as host:port with commas between; each address of a name is one. (default: the headless Service) [RESCFG_AGENTS]",
      valueName: "list"
    )
  )
  var agents: String?

  @Option(
    help: ArgumentHelp(
      "The API server that is told; 'off' for none. (default: the one of the cluster that it runs in) [RESCFG_KUBERNETES]",
      valueName: "url"
    )
  )
  var kubernetes: String?

  @Option(
    help: ArgumentHelp(
      "Where token and ca.crt for the API server are. (default: \(Defaults.serviceAccount)) [RESCFG_SERVICE_ACCOUNT]",
      valueName: "directory"
    ),
    completion: .directory
  )
  var serviceAccount: String?

  @OptionGroup var modelOptions: ModelOptions

  private enum Defaults {
    static let listen = "0.0.0.0:9090"
    static let events = "/var/log/partition-events.log"
    static let serviceAccount = "/var/run/secrets/kubernetes.io/serviceaccount"
    static let off = "off"
  }

  func perform(_ session: inout Session) throws(Stop) -> ExitStatus {
    let source = try session.model(modelOptions)
    let environment = try source.runEnvironment(env ?? Variables.text("RESCFG_ENV"))
    let configuration = try source.configuration(environment)
    let node = Variables.text("NODE_NAME") ?? hostName()
    let kubernetes = kubernetes ?? Variables.text("RESCFG_KUBERNETES") ?? apiServerOfPod() ?? Defaults.off
    let options = DetectorOptions(
      listen: listen ?? Variables.text("RESCFG_LISTEN") ?? Defaults.listen,
      events: events ?? Variables.text("RESCFG_EVENTS") ?? Defaults.events,
      agents: try agentNames(),
      apiServer: kubernetes == Defaults.off ? nil : kubernetes,
      serviceAccountDirectory: serviceAccount ?? Variables.text("RESCFG_SERVICE_ACCOUNT") ?? Defaults.serviceAccount,
      identity: DetectorIdentity(name: Variables.text("POD_NAME") ?? node, node: node),
      version: toolVersion,
      reload: modelReload(modelOptions.file, environment)
    )
    do throws(Diagnostics) {
      try runDetector(configuration, options)
      return .fine
    } catch {
      throw .diagnostics(error.all)
    }
  }

  private func agentNames() throws(Stop) -> [AgentName]? {
    guard let list = agents ?? Variables.text("RESCFG_AGENTS") else { return nil }
    var names: [AgentName] = []
    for part in list.split(separator: ",") {
      guard let name = AgentName(parsing: String(part)) else {
        throw Stop(.badVariable("--agents", String(part), ["host:port"]))
      }
      names.append(name)
    }
    return names
  }
}
