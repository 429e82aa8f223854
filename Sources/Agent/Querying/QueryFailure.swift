/// Why a query has no answer, in the words of Prometheus' HTTP API ("Format overview").
package struct QueryFailure: Error, Hashable, Sendable {
  package enum Kind: String, Sendable {
    case badData = "bad_data"
    /// Beyond a bound.
    case execution
    case timeout
    case unavailable
    case `internal`
  }

  package let kind: Kind
  package let message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  package var status: Int {
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
