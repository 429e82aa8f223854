import Glibc
import Samples

/// What is fuzzed: every reader of bytes that somebody else wrote.
enum Target: String, CaseIterable {
  case text
  case openMetrics = "openmetrics"
  case remoteWrite1 = "remote-write-1"
  case remoteWrite2 = "remote-write-2"
  case snappy
  case segment
  case cursor
  case json
  case pattern

  /// Ends the program where a rule is broken.
  func run(_ input: [UInt8]) {
    switch self {
    case .text: fuzzExposition(input, .text)
    case .openMetrics: fuzzExposition(input, .openMetrics)
    case .remoteWrite1: fuzzRemoteWrite(input, isVersion2: false)
    case .remoteWrite2: fuzzRemoteWrite(input, isVersion2: true)
    case .snappy: fuzzSnappy(input)
    case .segment: fuzzSegment(input)
    case .cursor: fuzzCursor(input)
    case .json: fuzzJSON(input)
    case .pattern: fuzzPattern(input)
    }
  }

  /// Pieces that chance alone would seldom make.
  var words: [String] {
    switch self {
    case .text, .openMetrics:
      [
        "# TYPE a counter\n", "# EOF\n", "{", "}", "=\"", "\",", "\\\"", "\\n", "NaN", "+Inf", "-0", "1e-400", "0x1p3",
        "\n", " # {a=\"b\"} 1", "\u{feff}", "é",
      ]
    case .remoteWrite1, .remoteWrite2: ["\n", "\u{12}", "\t", "\u{10}", "\u{1a}", "\"", "*", "__name__", "\u{0}"]
    case .snappy: ["\u{1}", "\u{f0}", "\u{fc}", "\u{fe}"]
    case .segment: ["rescfgS\n"]
    case .cursor: ["rescfgC\n"]
    case .json:
      ["{\"", "\":", "[", "]", "}", "null", "true", "-0", "1e5", "\\u0000", "\\ud83d\\ude00", "\\udc00", "\"", "\n"]
    case .pattern:
      [
        "(?i)", "(?:", "(?P<n>", ")", "[^", "[[:alpha:]]", "\\d", "\\pL", "\\x{10ffff}", "{2,3}", "{1000}", "*?", "|",
        "^", "$", "\\b", "\\Q", "\\E", "$1", "${n}",
      ]
    }
  }
}

/// A rule of the target that is being run.
func require(_ holds: Bool, _ rule: String) {
  if holds { return }
  print("broken: \(rule)")
  fflush(nil)
  preconditionFailure(rule)
}
