import Agent
import ArgumentParser
import Loading
import Model
import Runtime

struct RunAgentCommand: ModelCommand {
  static let configuration = CommandConfiguration(
    commandName: "agent",
    abstract: "Collect samples, keep them on disk, and send them to the centre whenever it can be reached.",
    discussion: HelpText.runAgent
  )

  @Option(help: ArgumentHelp("The environment. (default: the model's only one) [RESCFG_ENV]", valueName: "environment"))
  var env: String?

  @Option(
    help: ArgumentHelp("The queue's directory. (default: \(Defaults.data)) [RESCFG_DATA]", valueName: "directory"),
    completion: .directory
  )
  var data: String?

  @Option(
    help: ArgumentHelp(
      "Where metrics, health and status are served. (default: \(Defaults.listen)) [RESCFG_LISTEN]",
      valueName: "address"
    )
  )
  var listen: String?

  @Option(
    help: ArgumentHelp(
      "Where remote write is taken, and reload; 'off' for nowhere. (default: \(Defaults.receive)) [RESCFG_RECEIVE]",
      valueName: "address"
    )
  )
  var receive: String?

  @Option(
    help: ArgumentHelp(
      "A descriptor that is told, a line each, up to which record everything is durable. [RESCFG_ACK_FD]",
      valueName: "number"
    )
  )
  var ackFd: Int32?

  @OptionGroup var modelOptions: ModelOptions

  private enum Defaults {
    static let data = "/var/lib/rescfg"
    static let listen = "0.0.0.0:9090"
    static let receive = "127.0.0.1:9095"
    static let off = "off"
  }

  func perform(_ session: inout Session) throws(Stop) -> ExitStatus {
    let source = try session.model(modelOptions)
    let environment = try source.runEnvironment(env ?? Variables.text("RESCFG_ENV"))
    let configuration = try source.configuration(environment)
    let receive = receive ?? Variables.text("RESCFG_RECEIVE") ?? Defaults.receive
    let ackDescriptor = try Variables.number("RESCFG_ACK_FD")
    let options = AgentOptions(
      dataDirectory: data ?? Variables.text("RESCFG_DATA") ?? Defaults.data,
      listen: listen ?? Variables.text("RESCFG_LISTEN") ?? Defaults.listen,
      receive: receive == Defaults.off ? nil : receive,
      acknowledgementDescriptor: ackFd ?? ackDescriptor,
      node: Variables.text("NODE_NAME") ?? hostName(),
      version: toolVersion,
      readYAML: readYAML,
      reload: modelReload(modelOptions.file, environment)
    )
    do throws(Diagnostics) {
      try runAgent(configuration, options)
      return .fine
    } catch {
      throw .diagnostics(error.all)
    }
  }
}

@Sendable private func readYAML(_ bytes: [UInt8]) -> Result<Node, DiscoveryProblem> {
  do throws(Diagnostics) {
    return .success(try loadDocument(bytes, file: "targets"))
  } catch {
    let first = error.all.first
    let place = first?.location.map { "line \($0.line), column \($0.column): " } ?? ""
    return .failure(DiscoveryProblem(place + (first?.message ?? "it can't be read")))
  }
}
