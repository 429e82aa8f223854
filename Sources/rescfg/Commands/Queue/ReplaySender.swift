import Model
import Samples
import Transport

/// Sends one request until the receiver has said what it thinks of it.
struct ReplaySender: ~Copyable {
  /// How it ended, and after how many tries.
  struct Result {
    let answer: Answer
    let tries: Int
  }

  enum Answer {
    case delivered
    /// The receiver will never take it.
    case refused(String)
    /// The receiver can't be had.
    case failed(String)
  }

  private static let firstDelayMilliseconds = 250
  private static let delayMillisecondsMax = 30_000
  private static let answerLengthMax = 200

  private let plan: Replay.Plan
  private var client = HTTPClient()

  init(_ plan: Replay.Plan) { self.plan = plan }

  mutating func send(_ body: [UInt8]) -> Result {
    var headers = [
      ("Content-Type", "application/x-protobuf"), ("Content-Encoding", "snappy"),
      ("X-Prometheus-Remote-Write-Version", "0.1.0"), ("User-Agent", "rescfg/\(toolVersion)"),
    ]
    if let token = plan.token { headers.append(("Authorization", "Bearer \(token)")) }
    let request = HTTPRequest(
      .post,
      plan.url,
      headers: headers.map { (name: $0.0, value: $0.1) },
      body: SnappyBlock.compress(body)
    )
    var problem = ""
    for attempt in 0..<plan.triesMax {
      let tries = attempt + 1
      var delay = min(Self.firstDelayMilliseconds << min(attempt, 10), Self.delayMillisecondsMax)
      do throws(TransportFailure) {
        let answer = try client.send(request)
        switch answer.status {
        case 200..<300: return Result(answer: .delivered, tries: tries)
        // Remote write 1.0, "Retries & Backoff": 5xx must be tried again, 429 may be, and other 4xx must not.
        case 429, 500..<600:
          problem = Self.text(answer)
          if let seconds = answer.header("retry-after").flatMap({ Int($0) }), seconds >= 0 {
            delay = max(delay, min(seconds, Self.delayMillisecondsMax / 1000) * 1000)
          }
        // Nothing of it was looked at, so no part of it is to blame.
        case 300..<400, 401, 403, 404, 405, 407, 415: return Result(answer: .failed(Self.text(answer)), tries: tries)
        default: return Result(answer: .refused(Self.text(answer)), tries: tries)
        }
      } catch { problem = error.message }
      if tries < plan.triesMax { Pace.sleep(milliseconds: delay) }
    }
    return Result(answer: .failed("\(plan.url.shown): \(problem), \(plan.triesMax) times"), tries: plan.triesMax)
  }

  private static func text(_ answer: HTTPAnswer) -> String {
    let body = String(decoding: answer.body.prefix(answerLengthMax), as: UTF8.self).split(separator: "\n").first ?? ""
    return "HTTP \(answer.status)\(body.isEmpty ? "" : ": \(String(body).shown)")"
  }
}
