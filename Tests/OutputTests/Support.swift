import Output

func path(_ text: String) -> OutputPath {
  guard let path = OutputPath(text) else { preconditionFailure("'\(text)' is no path") }
  return path
}

func file(_ name: String, _ text: String) -> OutputFile { OutputFile(path(name), text) }

/// Plans and writes, as `render` does.
@discardableResult
func render(
  _ wanted: [OutputFile],
  to tree: some FileTree,
  environment: String = "prod",
  force: Bool = false,
  prunes: Bool = true,
  selection: (OutputPath) -> Bool = { _ in true }
) throws(OutputFailure) -> WritePlan {
  let survey = try Survey(of: tree, wanted: wanted, replacingManifest: force)
  let plan = WritePlan(
    survey,
    wanted: wanted,
    environment: environment,
    version: "1",
    prunes: prunes,
    selection: selection
  )
  try write(plan, to: tree, force: force)
  return plan
}

/// Same numbers for the same seed, on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
