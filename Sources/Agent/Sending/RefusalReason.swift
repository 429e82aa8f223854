/// Why a receiver refused a sample for good, as metrics and ledger name it.
public enum RefusalReason: String, Sendable, CaseIterable {
  case tooOld = "too_old"
  case outOfOrder = "out_of_order"
  case duplicate
  case tooLarge = "too_large"
  case other

  /// Guessed from the answer's text, for people to sort by: nothing is done or left undone because of it (remote write 1.0,
  /// "senders MUST NOT try and interpret the error message").
  public init(status: Int, text: String) {
    let text = text.lowercased()
    func says(_ words: [String]) -> Bool { words.contains { text.contains($0) } }
    if status == 413 {
      self = .tooLarge
    } else if says(["out of bounds", "too old", "too-old", "too far in the past", "older than"]) {
      self = .tooOld
    } else if says(["duplicate"]) {
      self = .duplicate
    } else if says(["out of order", "out-of-order"]) {
      self = .outOfOrder
    } else if says(["too large", "too long", "too-long", "exceeds"]) {
      self = .tooLarge
    } else {
      self = .other
    }
  }
}

/// Refused samples by reason.
public struct RefusalCounts: Hashable, Sendable {
  private var tooOld = 0
  private var outOfOrder = 0
  private var duplicate = 0
  private var tooLarge = 0
  private var other = 0

  public init() {}

  public subscript(reason: RefusalReason) -> Int {
    get {
      switch reason {
      case .tooOld: tooOld
      case .outOfOrder: outOfOrder
      case .duplicate: duplicate
      case .tooLarge: tooLarge
      case .other: other
      }
    }
    set {
      switch reason {
      case .tooOld: tooOld = newValue
      case .outOfOrder: outOfOrder = newValue
      case .duplicate: duplicate = newValue
      case .tooLarge: tooLarge = newValue
      case .other: other = newValue
      }
    }
  }

  public var total: Int { tooOld + outOfOrder + duplicate + tooLarge + other }

  mutating func add(_ more: RefusalCounts) {
    for reason in RefusalReason.allCases { self[reason] += more[reason] }
  }

  /// As the ledger takes them.
  var byName: [String: UInt64] {
    var counts: [String: UInt64] = [:]
    for reason in RefusalReason.allCases where self[reason] > 0 { counts[reason.rawValue] = UInt64(self[reason]) }
    return counts
  }
}
