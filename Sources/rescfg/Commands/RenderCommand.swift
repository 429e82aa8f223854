import ArgumentParser
import Model

/// How `render` encodes what it writes to standard output.
enum StreamFormat: String, CaseIterable, ExpressibleByArgument {
  case tar, yaml
}

struct RenderCommand: ModelCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Write every artifact of an environment.",
    discussion: HelpText.render
  )

  @OptionGroup var selection: SelectionOptions

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "The directory to write to; {env} in it stands for the environment. Without it, standard output. [RESCFG_OUT]",
      valueName: "dir"
    ),
    completion: .directory
  )
  var out: String?

  @Option(help: "Of standard output: tar of everything, or yaml, the Kubernetes objects as one stream. [RESCFG_FORMAT]")
  var format: StreamFormat?

  @Flag(help: "Write nothing; list the files of --out that differ and exit with 1 if there are any. [RESCFG_CHECK]")
  var check = false

  @Flag(help: "Replace files that were edited or are not rescfg's. [RESCFG_FORCE]")
  var force = false

  @Flag(help: "Keep rescfg's files that are no longer rendered. [RESCFG_NO_PRUNE]")
  var noPrune = false

  @Flag(name: .shortAndLong, help: "No warnings, progress or summary. [RESCFG_QUIET]")
  var quiet = false

  @OptionGroup var modelOptions: ModelOptions

  func perform(_ session: inout Session) throws(Stop) -> ExitStatus {
    let place = try OutputPlace(out ?? Variables.text("RESCFG_OUT"))
    let request = try request(place)
    let source = try session.model(modelOptions)
    let environments = try source.environments(selection.environment)
    try session.requireUsable(source.examine(environments), quietly: request.isQuiet, modelOptions.colour)
    switch place {
    case .directory(let pattern):
      return try DirectoryRender(request: request, source: source, pattern: pattern).run(environments)
    case .stream:
      for environment in environments {
        let configuration = try source.configuration(environment)
        try StreamRender(request: request, rendering: Rendering(configuration, request.groups)).run()
      }
      return .fine
    }
  }

  private func request(_ place: OutputPlace) throws(Stop) -> RenderRequest {
    let isCheck = try Variables.isOn(check, or: "RESCFG_CHECK")
    var format = format
    if case .directory(let pattern) = place {
      if format != nil { throw Stop(.formatOfDirectory) }
      if selection.environment == "all", !pattern.hasPlaceholder { throw Stop(.placeholderMissing(pattern.text)) }
    } else {
      if selection.environment == "all" { throw Stop(.allNeedsDirectory) }
      if isCheck { throw Stop(.checkNeedsDirectory) }
      format = try Variables.choice(format, or: "RESCFG_FORMAT")
    }
    return RenderRequest(
      groups: try selection.groups(),
      isLimited: selection.isLimited,
      format: format,
      isCheck: isCheck,
      forces: try Variables.isOn(force, or: "RESCFG_FORCE"),
      prunes: try !Variables.isOn(noPrune, or: "RESCFG_NO_PRUNE"),
      isQuiet: try Variables.isOn(quiet, or: "RESCFG_QUIET")
    )
  }
}

/// `render`'s flags, read and found to fit each other.
struct RenderRequest {
  let groups: Set<ArtifactGroup>
  /// Whether groups were named.
  let isLimited: Bool
  let format: StreamFormat?
  let isCheck: Bool
  let forces: Bool
  let prunes: Bool
  let isQuiet: Bool
}
