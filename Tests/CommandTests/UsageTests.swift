import Foundation
import Testing

@Suite struct UsageTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write(model, to: "rescfg.yaml")
  }

  struct Case: Sendable, CustomStringConvertible {
    let line: String
    let status: Int32
    var says = ""
    var prints = ""

    var description: String { line }
  }

  @Test(arguments: [
    Case(line: "rescfg --version", status: 0, prints: "."),
    Case(line: "rescfg --help", status: 0, prints: "EXIT STATUS"),
    Case(line: "rescfg help render", status: 0, prints: "Shells cannot redirect to a directory"),
    Case(line: "rescfg", status: 2, says: "Usage: rescfg <subcommand>"),
    Case(line: "rescfg rendr", status: 2, says: "rendr"),
    Case(line: "rescfg render --env prod --ouut x", status: 2, says: "Did you mean '--out'?"),
    Case(line: "rescfg render --env prod --format zip", status: 2, says: "one of 'tar' and 'yaml'"),
    Case(line: "rescfg render", status: 2, says: "add --env with dev or prod"),
    Case(line: "rescfg render --env prdo", status: 2, says: "did you mean 'prod'?"),
    Case(line: "rescfg render --env all", status: 2, says: "--out 'out/{env}'"),
    Case(line: "rescfg render --env all --out out/", status: 2, says: "--out 'out/{env}'"),
    Case(line: "rescfg render --env prod --check", status: 2, says: "name it with --out"),
    Case(line: "rescfg render --env prod --out out --format tar", status: 2, says: "--format encodes standard output"),
    Case(line: "rescfg render --env prod --out ''", status: 2, says: "--out names no directory"),
    Case(line: "rescfg render --env prod --only kubernets", status: 2, says: "did you mean 'kubernetes'?"),
    Case(line: "rescfg render --env prod --only docs --format yaml", status: 2, says: "can't hold docs"),
    Case(line: "rescfg render --env prod --config no.yaml", status: 2, says: "no.yaml can't be read: No such file"),
    Case(line: "rescfg render --env prod --config .", status: 2, says: "Is a directory"),
    Case(line: "rescfg diff --env prod nowhere", status: 2, says: "there is no directory nowhere"),
    Case(line: "rescfg diff --env all .", status: 2, says: "a directory holds one environment"),
    Case(line: "rescfg diff --env prod", status: 2, says: "<dir>"),
    Case(line: "rescfg explain colector", status: 2, says: "did you mean 'collector'?"),
    Case(line: "rescfg explain", status: 0, prints: "remote_write_max_backoff"),
    Case(line: "rescfg explain survive --env dev", status: 0, prints: "rescfg.yaml:4:37, for environment dev"),
    Case(line: "rescfg explain remote_write_max_backoff --env dev", status: 0, prints: "from         the default"),
    Case(line: "rescfg schema", status: 0, prints: "\"$schema\""),
    Case(line: "rescfg init -", status: 0, prints: "version: 1"),
    Case(line: "rescfg init", status: 2, says: "rescfg.yaml is there already"),
    Case(line: "rescfg init new.yaml && rescfg check --config new.yaml", status: 0, says: "nothing found"),
    Case(line: "rescfg init no/new.yaml", status: 2, says: "no/new.yaml can't be made: No such file"),
    Case(line: "rescfg check", status: 0, says: "nothing found"),
    Case(line: "rescfg check --format json", status: 0, prints: "[]"),
    Case(line: "rescfg check --env nope", status: 2, says: "nope"),
    Case(line: "rescfg completion tcsh", status: 2, says: "tcsh"),
    Case(line: "rescfg render --env prod --format yaml", status: 0, prints: "# Source: kubernetes/"),
    Case(line: "rescfg render --env prod --config - < rescfg.yaml | tar -t", status: 0, prints: "kubernetes/"),
    Case(line: "rescfg render --env prod > out/", status: 1, says: "out/"),
    Case(
      line: "rescfg render --env prod > /dev/full",
      status: 2,
      says: "standard output can't be written: No space left"
    ),
    Case(
      line: "rescfg render --env prod >&-",
      status: 2,
      says: "standard output can't be written: Bad file descriptor"
    ),
    Case(line: "rescfg --help >&-", status: 2, says: "standard output"),
    Case(line: "rescfg render --env nope 2>&-", status: 2),
    Case(line: "rescfg render --env prod --config - <&-", status: 2, says: "<stdin>"),
  ])
  func commandLine(_ it: Case) throws {
    let outcome = try place.shell(it.line)
    #expect(outcome.status == it.status, "\(outcome.messages)")
    if it.says.isEmpty { #expect(outcome.messages == "") } else { #expect(outcome.messages.contains(it.says)) }
    if it.prints.isEmpty { #expect(outcome.bytes.isEmpty) } else { #expect(outcome.text.contains(it.prints)) }
  }

  /// Every flag's help names its variable.
  @Test(arguments: ["render", "check", "diff", "explain"])
  func everyFlagIsAVariable(command: String) throws {
    let help = try place.rescfg(command, "--help").text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let options = try #require(help.components(separatedBy: "OPTIONS:").last)
    let flags = options.matches(of: #/--([a-z-]+) /#).map { String($0.output.1) }.filter {
      !["help", "version"].contains($0)
    }
    #expect(flags.count >= 3)
    for flag in flags {
      let name = "RESCFG_" + flag.uppercased().replacingOccurrences(of: "-", with: "_")
      #expect(options.contains("[\(name)]"), "--\(flag)")
    }
  }

  @Test func variablesStandForFlags() throws {
    let byFlag = try place.rescfg("render", "--env", "dev", "--only", "k8s")
    let byVariable = try place.rescfg("render", variables: ["RESCFG_ENV": "dev", "RESCFG_ONLY": "kubernetes"])
    #expect(byFlag.status == 0)
    #expect(byFlag.bytes == byVariable.bytes)
    let flagWins = try place.rescfg("render", "--env", "dev", "--only", "k8s", variables: ["RESCFG_ENV": "prod"])
    #expect(flagWins.bytes == byFlag.bytes)
    let bad = try place.rescfg("render", "--env", "dev", variables: ["RESCFG_FORMAT": "zip"])
    #expect(bad.status == 2)
    #expect(bad.messages.contains("RESCFG_FORMAT can't be 'zip'"))
    try place.write(model, to: "other.yaml")
    let out = ["RESCFG_OUT": "out", "RESCFG_CONFIG": "other.yaml", "RESCFG_QUIET": "1"]
    #expect(try place.rescfg("render", "--env", "dev", variables: out).messages == "")
    #expect(
      try place.rescfg("render", "--env", "dev", variables: out.merging(["RESCFG_CHECK": "true"]) { $1 }).status == 0
    )
  }

  @Test func colourOnlyWhereWanted() throws {
    let escape = "\u{1b}["
    #expect(try !place.rescfg("explain", "colector").messages.contains(escape))
    #expect(try place.rescfg("explain", "colector", "--color", "always").messages.contains(escape))
    let none = ["NO_COLOR": "1", "RESCFG_COLOR": "always"]
    #expect(try place.rescfg("explain", "colector", variables: none).messages.contains(escape))
    #expect(try !place.rescfg("explain", "colector", "--color", "never", variables: none).messages.contains(escape))
  }

  @Test func aReaderThatHasSeenEnoughIsNoError() throws {
    let outcome = try place.shell("{ rescfg render --env prod; echo $? >status; } | head -c 1 >/dev/null; cat status")
    #expect(outcome.messages == "")
    #expect(["0\n", "141\n"].contains(outcome.text))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionScript(shell: String) throws {
    let outcome = try place.rescfg("completion", shell)
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("rescfg"))
    if shell == "bash" {
      try outcome.bytes.write(to: place.at("script"))
      #expect(try place.shell("bash -n script").status == 0)
    }
  }

  @Test func contradictionsAreFindingsOfCheckAndStopRender() throws {
    try place.write("version: 1\nsurvive: 48h\ncentral: {out_of_order_window: 24h}\n", to: "rescfg.yaml")
    let check = try place.rescfg("check")
    #expect(check.status == 1)
    #expect(check.text.contains("rescfg.yaml:2:10: error"))
    #expect(check.messages == "")
    #expect(try place.rescfg("check", "--exit-zero").status == 0)
    let render = try place.rescfg("render", "--env", "x", "--out", "out")
    #expect(render.status == 2)
    #expect(render.messages.contains("rescfg.yaml:2:10: error"))
    #expect(!FileManager.default.fileExists(atPath: place.at("out").path))
  }

  @Test func badInputIsLocatedAndWritesNothing() throws {
    try place.write("version: 1\nsurviv: 3h\nmetrics_sync_interval: 99999\n", to: "rescfg.yaml")
    for line in ["render --env x --out out", "check", "diff --env x .", "explain survive"] {
      let outcome = try place.shell("rescfg " + line)
      #expect(outcome.status == 2)
      #expect(outcome.bytes.isEmpty)
      #expect(outcome.messages.contains("rescfg.yaml:2:1: error"))
      #expect(outcome.messages.contains("rescfg.yaml:3:24: error"))
    }
    #expect(!FileManager.default.fileExists(atPath: place.at("out").path))
    let report = try place.rescfg("check", "--format", "json")
    #expect(report.status == 2)
    #expect(try (JSONSerialization.jsonObject(with: report.bytes) as? [Any])?.count == 2)
  }
}
