public import Samples

/// A remote-write request that was read: what its answer and the metrics need of it.
public struct WriteSummary: Hashable, Sendable {
  public let message: WriteMessage
  public let content: RemoteWriteSummary
  public let compressedByteCount: Int
  public let inflatedByteCount: Int

  /// Why parts were left out, and how many.
  var refusalText: String {
    var parts: [String] = []
    for reason in RemoteWriteSummary.Refusal.allCases {
      if let count = content.refused[reason] { parts.append("\(count) samples refused: \(reason.rawValue)") }
      if let count = content.refusedItems[reason] {
        parts.append("\(count) exemplars or metadata refused: \(reason.rawValue)")
      }
    }
    let kept = content.samples + content.histograms
    return (parts + ["\(kept) samples kept"]).joined(separator: "; ")
  }
}
