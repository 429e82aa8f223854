import ArgumentParser
import Model

/// When output is coloured.
enum ColourChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never
}

struct ColourOptions: ParsableArguments {
  @Option(help: "Colour: when the output is a terminal and NO_COLOR isn't set, always, or never. [RESCFG_COLOR]")
  var color: ColourChoice?

  /// Source: no-color.org; a flag or RESCFG_COLOR says more than NO_COLOR.
  func colours(_ stream: StandardStream) throws(Stop) -> Bool {
    switch try Variables.choice(color, or: "RESCFG_COLOR") ?? .auto {
    case .always: true
    case .never: false
    case .auto:
      Variables.text("NO_COLOR") == nil && Variables.text("TERM") != "dumb" && stream.isTerminal
    }
  }
}

struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The model; - is standard input. (default: rescfg.yaml) [RESCFG_CONFIG]", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"])
  )
  var config: String?

  @OptionGroup var colour: ColourOptions

  var file: String { config ?? Variables.text("RESCFG_CONFIG") ?? "rescfg.yaml" }
}
