import JSON

/// What `run sync` and a drill read of an agent's `/api/v1/gaps` (docs/formats/gaps.md).
public struct GapsReading {
  /// Of one destination.
  public struct Queue {
    public var name = ""
    var isRefilling = false
    var replayedSamples: UInt64 = 0
    /// The last one that ended.
    public var check: Check?
  }

  /// One comparison with the centre.
  public struct Check {
    public var number: UInt64 = 0
    /// `complete`, `gaps` or `failed`.
    public var result = ""
    public var error: String?
    public var comparedSamples: UInt64 = 0
    public var replayedSamples: UInt64 = 0
    public var gaps: [Gap] = []
    /// Gaps beyond those that are listed.
    public var omittedGapCount: UInt64 = 0
  }

  /// A stretch of time that the centre had less of than was delivered.
  public struct Gap {
    /// RFC 3339 in UTC, with milliseconds.
    public var from = ""
    public var until = ""
    /// `filled`, `pending` or `unfillable`.
    public var state = ""
    var reason: String?
    public var samples: UInt64 = 0
    var series = ""
    var delivered: UInt64 = 0
  }

  private(set) var node = ""
  /// The centre's first.
  public private(set) var queues: [Queue] = []

  /// Nothing where it isn't such a document.
  public init?(_ body: [UInt8]) {
    let document: JSONDocument
    do throws(JSONError) { document = try JSONDocument(reading: body) } catch { return nil }
    guard let queues = document["queues"]?.items else { return nil }
    node = document["node"]?.text ?? ""
    self.queues = queues.map { queue in
      Queue(
        name: queue["name"]?.text ?? "",
        isRefilling: queue["stage"]?.text == "refilling",
        replayedSamples: queue["replayed_samples"]?.count ?? 0,
        check: queue["last_check"].flatMap(Check.init)
      )
    }
  }
}

extension GapsReading.Check {
  fileprivate init?(_ document: JSONDocument) {
    guard let number = document["number"]?.count else { return nil }
    self.number = number
    result = document["result"]?.text ?? ""
    error = document["error"]?.text
    comparedSamples = document["samples_compared"]?.count ?? 0
    replayedSamples = document["samples_replayed"]?.count ?? 0
    omittedGapCount = document["gaps_omitted"]?.count ?? 0
    gaps = (document["gaps"]?.items ?? []).map { gap in
      GapsReading.Gap(
        from: gap["from"]?.text ?? "",
        until: gap["until"]?.text ?? "",
        state: gap["state"]?.text ?? "",
        reason: gap["reason"]?.text,
        samples: gap["samples"]?.count ?? 0,
        series: gap["series"]?.text ?? "",
        delivered: gap["series_delivered"]?.count ?? 0
      )
    }
  }
}

extension JSONDocument {
  var items: [JSONDocument]? { if case .array(let items) = self { items } else { nil } }
  var text: String? { if case .string(let text) = self { text } else { nil } }
  var count: UInt64? { if case .number(let text) = self { UInt64(text) } else { nil } }
}
