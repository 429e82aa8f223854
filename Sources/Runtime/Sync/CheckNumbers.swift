import JSON

/// What an agent answers to `POST /-/sync`: of each of its queues, the number of the check that was asked for (docs/formats/gaps.md).
public struct CheckNumbers {
  /// By the queue's name.
  public let byQueue: [String: UInt64]

  /// Nothing where it isn't such a document.
  public init?(_ body: [UInt8]) {
    let document: JSONDocument
    do throws(JSONError) { document = try JSONDocument(reading: body) } catch { return nil }
    guard let queues = document["queues"]?.items else { return nil }
    var numbers: [String: UInt64] = [:]
    for queue in queues {
      guard let name = queue["name"]?.text, let number = queue["check"]?.count else { return nil }
      numbers[name] = number
    }
    byQueue = numbers
  }
}
