/// A minor release of Prometheus, which decides flags, config fields and metric names.
public struct PrometheusVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let major: Int
  public let minor: Int

  public init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// The releases that artifacts can be rendered for: the oldest with agent mode that distributions ship, to the newest
  /// whose sources were read.
  public static let supported: [PrometheusVersion] =
    (42...55).map { PrometheusVersion(2, $0) } + (0...14).map { PrometheusVersion(3, $0) }

  private static let byName = Dictionary(uniqueKeysWithValues: supported.map { ($0.description, $0) })

  public init?(_ text: String) {
    guard let version = Self.byName[text] else { return nil }
    self = version
  }

  public var description: String { "\(major).\(minor)" }

  public static func < (left: Self, right: Self) -> Bool { (left.major, left.minor) < (right.major, right.minor) }
}
