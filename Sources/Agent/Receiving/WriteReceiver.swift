public import Samples

/// The logic behind `POST /api/v1/write`: remote write 1.0 and 2.0, from one client.
///
/// A client is a sender, not one of its connections: Prometheus sends its shards over whichever connection is free, and a series that came
/// by two streams would be kept twice as dearly.
///
/// A request with bad parts is taken without them. It is answered 400, as both specifications demand, and that ends its life at the
/// sender; so the good parts are kept, or innocent samples would be lost. What can't be kept for now is answered 503, never 429: Prometheus
/// drops what is answered 429 unless it is told to retry.
public struct WriteReceiver {
  /// What to do about a request.
  public enum Received {
    /// Nothing of it is to be kept: answer at once. (An empty request is answered with success.)
    case refused(WriteAnswer)
    /// To be kept; then the answer is `WriteReceiver.answer(for:outcome:)`. The batch may be empty, where all of the request is refused.
    case taken(SampleBatch, WriteSummary)
  }

  /// What a client stops sending is forgotten after one to two of these.
  private static let epochMilliseconds: Int64 = 600_000

  private let stream: UInt32
  private let limits: WriteLimits
  private var decoder: RemoteWriteDecoder
  private var epochStart: Int64?

  /// - Parameters:
  ///   - stream: the number of the client among the spool's streams.
  ///   - key: secret; drawn at start.
  public init(stream: UInt32, key: KeyedHash.Key, limits: WriteLimits = WriteLimits()) {
    self.stream = stream
    self.limits = limits
    decoder = RemoteWriteDecoder(key: key, limits: limits.message)
  }

  /// Marks the series that this client has sent of late; see `SeriesTable.sweep`.
  public mutating func mark(into marks: inout SeriesMarks, now: Moment) {
    advanceEpoch(now)
    decoder.mark(into: &marks)
  }

  /// - Parameter headers: the value of a header, by its name in lower case.
  public mutating func receive(
    headers: (String) -> String?,
    body: [UInt8],
    table: inout SeriesTable,
    now: Moment
  ) -> Received {
    advanceEpoch(now)
    guard let message = WriteMessage(contentType: headers("content-type")) else {
      return .refused(
        WriteAnswer(
          415,
          text: "unsupported Content-Type: expected application/x-protobuf with a message of remote write 1.0 or 2.0"
        )
      )
    }
    if let encoding = headers("content-encoding"), encoding.lowercased() != "snappy" {
      return .refused(WriteAnswer(415, text: "unsupported Content-Encoding: expected snappy"))
    }
    guard body.count <= limits.compressedByteCountMax else {
      return .refused(answer(413, message, "body of more than \(limits.compressedByteCountMax) bytes"))
    }
    let inflated: [UInt8]
    do throws(SnappyBlock.Failure) {
      inflated = try SnappyBlock.decompress(body, byteCountMax: limits.inflatedByteCountMax)
    } catch {
      switch error {
      case .malformed: return .refused(answer(400, message, "body is not in snappy's block format"))
      case .tooLarge(let byteCount):
        let text = "body of \(byteCount) bytes after decompression, of which \(limits.inflatedByteCountMax) are taken"
        return .refused(answer(413, message, text))
      }
    }
    return decode(inflated, message, compressedByteCount: body.count, table: &table, now: now)
  }

  private mutating func decode(
    _ body: [UInt8],
    _ message: WriteMessage,
    compressedByteCount: Int,
    table: inout SeriesTable,
    now: Moment
  ) -> Received {
    var batch = SampleBatch(stream: stream)
    let (latest, overflow) = now.wall.addingReportingOverflow(limits.aheadMillisecondsMax)
    let timestamps = 0...max(overflow ? .max : latest, 0)
    let content: RemoteWriteSummary
    do throws(RemoteWriteDecoder.Failure) {
      switch message {
      case .version1:
        content = try decoder.decodeVersion1(body.span, timestamps: timestamps, table: &table, into: &batch)
      case .version2:
        content = try decoder.decodeVersion2(body.span, timestamps: timestamps, table: &table, into: &batch)
      }
    } catch {
      decoder.forgetMetadata()
      switch error {
      case .malformed: return .refused(answer(400, message, "body is not the message that Content-Type says"))
      case .tooManySamples:
        return .refused(
          answer(413, message, "more than \(limits.message.sampleCountMax) samples, or labels beyond the limit")
        )
      }
    }
    let summary = WriteSummary(
      message: message,
      content: content,
      compressedByteCount: compressedByteCount,
      inflatedByteCount: body.count
    )
    // What is refused has to be counted, so a request of nothing but that goes the way of the others.
    if batch.isEmpty, content.isWhole { return .refused(answer(for: summary, outcome: .durable)) }
    return .taken(batch, summary)
  }

  /// The answer to a request that was taken, once its fate is known.
  public mutating func answer(for summary: WriteSummary, outcome: WriteOutcome) -> WriteAnswer {
    switch outcome {
    case .durable:
      let headers = Self.written(summary.message, summary.content)
      if summary.content.isWhole { return WriteAnswer(204, headers: headers) }
      return WriteAnswer(400, headers: headers, text: summary.refusalText)
    case .full: return later(summary, seconds: 5, "the spool is full; nothing was kept")
    case .degraded: return later(summary, seconds: 5, "the spool's disk takes nothing; nothing was kept")
    case .stopping: return later(summary, seconds: 1, "the agent is stopping; nothing was kept")
    }
  }

  private mutating func later(_ summary: WriteSummary, seconds: Int, _ text: String) -> WriteAnswer {
    decoder.forgetMetadata()
    var answer = answer(503, summary.message, text)
    answer.headers.append(WriteAnswer.Header(name: "Retry-After", value: "\(seconds)"))
    return answer
  }

  private func answer(_ status: Int, _ message: WriteMessage, _ text: String) -> WriteAnswer {
    WriteAnswer(status, headers: Self.written(message, RemoteWriteSummary()), text: text)
  }

  /// What was kept, for a sender of 2.0. One of 1.0 isn't told: such headers aren't in its specification, and a sender that reads a missing one
  /// as none written does so under 2.0 alone.
  private static func written(_ message: WriteMessage, _ content: RemoteWriteSummary) -> [WriteAnswer.Header] {
    guard message == .version2 else { return [] }
    return [("Samples", content.samples), ("Histograms", content.histograms), ("Exemplars", content.exemplars)].map {
      WriteAnswer.Header(name: "X-Prometheus-Remote-Write-\($0.0)-Written", value: "\($0.1)")
    }
  }

  private mutating func advanceEpoch(_ now: Moment) {
    guard let start = epochStart else {
      epochStart = now.monotonic
      return
    }
    guard now.monotonic - start >= Self.epochMilliseconds else { return }
    decoder.forgetUnused()
    epochStart = now.monotonic
  }
}
