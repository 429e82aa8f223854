import JSON

/// What `run sync` reads of an agent's `/api/v1/gaps` (docs/formats/gaps.md).
struct GapsReading {
  struct Queue {
    var name = ""
    var isRefilling = false
    var replayedSamples: UInt64 = 0
    var check: Check?
  }

  struct Check {
    var number: UInt64 = 0
    var result = ""
    var error: String?
    var comparedSamples: UInt64 = 0
    var replayedSamples: UInt64 = 0
    var gaps: [Gap] = []
  }

  struct Gap {
    var from = ""
    var until = ""
    var state = ""
    var reason: String?
    var samples: UInt64 = 0
    var series = ""
    var delivered: UInt64 = 0
  }

  private(set) var node = ""
  private(set) var queues: [Queue] = []

  /// Nothing where it isn't such a document.
  init?(_ body: [UInt8]) {
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
  fileprivate var items: [JSONDocument]? { if case .array(let items) = self { items } else { nil } }
  var text: String? { if case .string(let text) = self { text } else { nil } }
  var count: UInt64? { if case .number(let text) = self { UInt64(text) } else { nil } }
}
