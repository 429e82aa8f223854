import Model

/// How schedules spell faults, one a line: when, for how long, what, and what more there is to say. Durations as in Prometheus.
///
///     10m 6h partition how=silent nodes=30%
///     2h 40s kill node=3
///     3h 2m centre-restart forgets=10m
public enum FaultText {
  /// Why a line is none, in a sentence without a full stop.
  public struct Malformed: Error, Hashable {
    public let line: Int
    public let reason: String
  }

  public static let lineCountMax = 100_000

  /// Reads a schedule. Empty lines and what follows a `#` say nothing.
  public static func faults(_ text: String) throws(Malformed) -> [Fault] {
    var faults: [Fault] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count <= lineCountMax else {
      throw Malformed(line: lineCountMax, reason: "there are more than \(lineCountMax) lines")
    }
    for (index, line) in lines.enumerated() {
      let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(String.init)
      if words.isEmpty { continue }
      do throws(Problem) { faults.append(try fault(words)) } catch {
        throw Malformed(line: index + 1, reason: error.reason)
      }
    }
    return faults
  }

  private struct Problem: Error {
    let reason: String
  }

  private static func fault(_ words: [String]) throws(Problem) -> Fault {
    guard words.count >= 3 else { throw Problem(reason: "a fault is a start, a duration and a kind") }
    let start = try duration(words[0])
    let length = try duration(words[1])
    var details = try Details(words.dropFirst(3))
    let nodes = try details.nodes()
    let kind = try kind(words[2], &details)
    if let left = details.values.keys.sorted().first {
      throw Problem(reason: "'\(words[2].shown)' has no '\(left.shown)'")
    }
    return Fault(kind, at: start, for: length, nodes)
  }

  private static func kind(_ word: String, _ details: inout Details) throws(Problem) -> Fault.Kind {
    switch word {
    case "partition": return .partition(try details.partition())
    case "brown-out":
      return .brownOut(
        share: try details.share("share", or: 1),
        status: try details.number("status", or: 503),
        retryAfterSeconds: try details.optionalNumber("retry-after")
      )
    case "slow": return .slow(try details.duration("by"))
    case "thin": return .thin(bytesPerSecond: try details.quantity("rate"))
    case "kill": return .kill
    case "power-cut": return .powerCut
    case "centre-restart": return .centreRestart(forgets: try details.duration("forgets", or: 0))
    case "clock": return .clockJump(try details.duration("by"))
    case "disk-full": return .diskFull
    case "sync-errors": return .syncErrors
    case "torn-writes": return .tornWrites
    case "poison":
      return .poison(
        seriesCount: try details.number("series", or: 1),
        status: try details.number("status", or: 400)
      )
    default:
      let near = suggestion(for: word, among: kinds).map { "; did you mean '\($0)'?" } ?? ""
      throw Problem(reason: "there is no fault '\(word.shown)'\(near)")
    }
  }

  public static let kinds = [
    "partition", "brown-out", "slow", "thin", "kill", "power-cut", "centre-restart", "clock", "disk-full",
    "sync-errors",
    "torn-writes", "poison",
  ]

  private static func duration(_ text: String) throws(Problem) -> Int64 {
    if text == "0" { return 0 }
    let isNegative = text.hasPrefix("-")
    guard let duration = PrometheusDuration(isNegative ? String(text.dropFirst()) : text) else {
      throw Problem(reason: "'\(text.shown)' is no duration")
    }
    return Int64(duration.milliseconds) * (isNegative ? -1 : 1)
  }

  /// What stands behind the kind, by name.
  private struct Details {
    var values: [String: String] = [:]

    init(_ words: ArraySlice<String>) throws(Problem) {
      for word in words {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, values[String(parts[0])] == nil else {
          throw Problem(reason: "'\(word.shown)' is no name=value, or one too many")
        }
        values[String(parts[0])] = String(parts[1])
      }
    }

    mutating func nodes() throws(Problem) -> Fault.Nodes {
      if let text = values.removeValue(forKey: "node") {
        guard let node = Int(text), node >= 0 else { throw Problem(reason: "'\(text.shown)' is no node's number") }
        return .one(node)
      }
      return values["nodes"] == nil ? .all : .share(try share("nodes", or: 1))
    }

    mutating func partition() throws(Problem) -> Fault.Partition {
      guard let text = values.removeValue(forKey: "how") else { return .silent }
      guard let how = Fault.Partition(rawValue: text) else {
        throw Problem(reason: "a partition is silent, refused or one-way, not '\(text.shown)'")
      }
      return how
    }

    /// `30%` or `0.3`.
    mutating func share(_ name: String, or standard: Double) throws(Problem) -> Double {
      guard let text = values.removeValue(forKey: name) else { return standard }
      let number = text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
      guard let number, (0...1).contains(number) else {
        throw Problem(reason: "\(name)=\(text.shown) is no share of at most 100%")
      }
      return number
    }

    mutating func optionalNumber(_ name: String) throws(Problem) -> Int? {
      guard let text = values.removeValue(forKey: name) else { return nil }
      guard let number = Int(text), (0...1_000_000).contains(number) else {
        throw Problem(reason: "\(name)=\(text.shown) is no number up to a million")
      }
      return number
    }

    mutating func number(_ name: String, or standard: Int) throws(Problem) -> Int {
      try optionalNumber(name) ?? standard
    }

    mutating func duration(_ name: String, or standard: Int64? = nil) throws(Problem) -> Int64 {
      guard let text = values.removeValue(forKey: name) else {
        guard let standard else { throw Problem(reason: "\(name)= is missing") }
        return standard
      }
      return try FaultText.duration(text)
    }

    mutating func quantity(_ name: String) throws(Problem) -> Double {
      guard let text = values.removeValue(forKey: name), let quantity = Quantity(text), quantity.value > 0 else {
        throw Problem(reason: "\(name)= must be a number above 0, such as 100k")
      }
      return quantity.value
    }
  }
}
