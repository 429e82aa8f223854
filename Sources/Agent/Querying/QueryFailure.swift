/// Why a query has no answer, in the words of Prometheus' HTTP API ("Format overview").
public struct QueryFailure: Error, Hashable, Sendable {
  public enum Kind: String, Sendable {
    case badData = "bad_data"
    /// Beyond a bound.
    case execution
    case timeout
    case unavailable
    case `internal`
  }

  public let kind: Kind
  public let message: String

  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  public var status: Int {
    switch kind {
    case .badData: 400
    case .execution: 422
    case .timeout, .unavailable: 503
    case .internal: 500
    }
  }

  static let supported =
    "a selector such as up{job=\"node\",instance=~\"a.*\"}, in a query also with a range, as up[5m]"

  static func unsupported(_ what: String, column: Int) -> QueryFailure {
    QueryFailure(.badData, "1:\(column): \(what); this agent answers \(supported)")
  }
}
