import ArgumentParser
import Model
import Output

struct DiffCommand: ModelCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show how a directory differs from what would be rendered into it.",
    discussion: HelpText.diff
  )

  @Argument(help: "A directory that 'render --out' wrote.", completion: .directory)
  var dir: String

  @OptionGroup var selection: SelectionOptions

  @OptionGroup var modelOptions: ModelOptions

  func perform(_ session: inout Session) throws(Stop) -> ExitStatus {
    let groups = try selection.groups()
    let isColoured = try modelOptions.colour.colours(.output)
    let source = try session.model(modelOptions)
    if selection.environment == "all" { throw Stop(.oneEnvironmentOnly) }
    let environment = try source.environments(selection.environment)[0]
    try session.requireUsable(source.examine([environment]), quietly: true, modelOptions.colour)
    if !directoryExists(dir) { throw Stop(.noSuchDirectory(dir)) }
    let configuration = try source.configuration(environment)
    let plan = try Target(rendering: Rendering(configuration, groups), directory: dir, groups: groups).plan()
    if plan.isEmpty { return .fine }
    try emit(Self.text(of: plan, isColoured: isColoured))
    return .findings
  }

  private static func text(of plan: WritePlan, isColoured: Bool) -> [UInt8] {
    var output: [UInt8] = []
    for change in plan.allChanges where change.action != .keep {
      for line in UnifiedDiff(change.path.text, from: change.old, to: change.new).lines {
        guard isColoured, let colour = colour(of: line.kind) else {
          output += line.bytes
          continue
        }
        output += "\u{1b}[\(colour)m".utf8
        output += line.bytes.dropLast()
        output += "\u{1b}[0m\n".utf8
      }
    }
    return output
  }

  private static func colour(of kind: UnifiedDiff.Line.Kind) -> String? {
    switch kind {
    case .header: "1"
    case .hunk: "36"
    case .context: nil
    case .removal: "31"
    case .addition: "32"
    }
  }
}
