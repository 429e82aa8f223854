public import Samples

/// A sample that will not be sent again, and why (docs/formats/dead-letters.md).
public struct DeadLetter: Hashable, Sendable {
  /// What the receiver's text is cut to.
  public static let detailByteCountMax = 256

  /// Milliseconds since 1970.
  public let time: Int64
  public let destination: String
  public let reason: RefusalReason
  /// Of the answer; 0 where the sample was never sent.
  public let status: Int
  /// The receiver's own words, or ours.
  public let detail: String
  /// Refused together with others, not alone.
  public let isGivenUp: Bool
  public let sample: RequestMessages.Sample

  public init(
    time: Int64,
    destination: String,
    reason: RefusalReason,
    status: Int,
    detail: String,
    isGivenUp: Bool,
    sample: RequestMessages.Sample
  ) {
    self.time = time
    self.destination = destination
    self.reason = reason
    self.status = status
    self.detail = Self.bounded(detail)
    self.isGivenUp = isGivenUp
    self.sample = sample
  }

  /// At most so many bytes, in whole characters.
  static func bounded(_ text: String) -> String {
    guard text.utf8.count > detailByteCountMax else { return text }
    var result = ""
    for character in text {
      guard result.utf8.count + character.utf8.count <= detailByteCountMax else { break }
      result.append(character)
    }
    return result
  }
}
