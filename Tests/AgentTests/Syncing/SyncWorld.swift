import Samples
import Spool
import SpoolTestSupport
import Testing

@testable import Agent

/// A node whose samples were delivered, its centre, which may forget, and the comparison between the two.
final class SyncWorld {
  let world: World
  var configuration: SyncConfiguration
  var check: GapCheck
  /// What the centre has.
  var stored: Set<Key>
  /// Answers questions with nothing, whatever it has.
  var isLying = false
  /// For so long after the first request, in milliseconds, answers are as if it hadn't come.
  var hidesFor: Int64 = 0
  /// Refuses a request for the sake of this sample.
  var refuses: (Key) -> Bool = { _ in false }
  /// What it answers to each request, where it isn't to look at it.
  var status: Int?
  var replayed = 0
  var requests = 0
  /// When each request came, in milliseconds, and with how many samples.
  var arrivals: [(time: Int64, samples: Int)] = []
  var questions = 0
  private var now: Moment
  private let surveyor: SpoolSurveyor

  init(_ world: World, span: Int64 = 3_600_000) throws {
    self.world = world
    configuration = SyncConfiguration(destination: "central", interval: 900_000, span: span)
    now = world.moment
    check = GapCheck(configuration, seed: 7, now: world.moment)
    stored = Set(world.receiver.stored.keys)
    surveyor = SpoolSurveyor(world.fileSystem)
  }

  /// Begins anew with another configuration.
  func configure(_ change: (inout SyncConfiguration) -> Void) {
    change(&configuration)
    check = GapCheck(configuration, seed: 7, now: now)
  }

  /// One check from its request to its end.
  /// - Parameter after: milliseconds that pass before.
  @discardableResult func run(after pause: Int64 = 10_000) throws -> SyncReport {
    advance(pause)
    let number = check.request(now: now)
    for _ in 0..<20_000 {
      for action in check.step(isClear: true, now: now) { perform(action) }
      if let last = check.last, last.number == number { return last }
      let wake = try #require(check.nextWake, "nothing will ever happen")
      if wake > now.monotonic { advance(wake - now.monotonic) }
    }
    throw Endless()
  }

  struct Endless: Error {}

  private func advance(_ time: Int64) {
    now.monotonic += time
    now.wall += time
  }

  private func perform(_ action: SyncAction) {
    switch action {
    case .survey(let order): check.finishSurvey(surveyor.survey(order), now: now)
    case .read(let order): check.finishRead(surveyor.read(order), now: now)
    case .ask(let question):
      questions += 1
      check.finishQuestion(question.number, .answered(status: 200, body: answer(question)), now: now)
    case .send(let request):
      requests += 1
      check.finishReplay(request.id, take(request), now: now)
    }
  }

  private func answer(_ question: CentreQuestion) -> [UInt8] {
    var series: [String] = []
    let isHiding = arrivals.first.map { now.monotonic - $0.time < hidesFor } ?? false
    if !isLying, !isHiding {
      for (place, witness) in question.witnesses.enumerated() {
        let name = witness.labels.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        var counts: [Int64: Int] = [:]
        for key in stored where key.series == name && key.timestamp <= question.cut ?? .max {
          counts[question.grid.range(of: key.timestamp), default: 0] += 1
        }
        let points = counts.filter { question.ranges.contains($0.key) }.sorted { $0.key < $1.key }
          .map { "[\(Double(question.cut ?? question.grid.end(of: $0.key)) / 1000),\"\($0.value)\"]" }
        if points.isEmpty { continue }
        let labels = witness.labels.filter { $0.name != "__name__" }.map { "\"\($0.name)\":\"\($0.value)\"" }
        let metric = (labels + ["\"rescfg_witness\":\"\(place)\""]).joined(separator: ",")
        series.append("{\"metric\":{\(metric)},\"values\":[\(points.joined(separator: ","))]}")
      }
    }
    let result = "{\"resultType\":\"matrix\",\"result\":[\(series.joined(separator: ","))]}"
    return Array("{\"status\":\"success\",\"data\":\(result)}".utf8)
  }

  private func take(_ request: SendRequest) -> SendResult {
    if let status { return .answered(status: status, headers: [], body: []) }
    let keys = keys(of: request)
    arrivals.append((now.monotonic, keys.count))
    if keys.contains(where: refuses) { return .answered(status: 400, headers: [], body: Array("out of bounds".utf8)) }
    replayed += keys.count
    stored.formUnion(keys)
    return .answered(status: 204, headers: [], body: [])
  }

  private func keys(of request: SendRequest) -> [Key] {
    do {
      let messages = try RequestMessages(
        SnappyBlock.decompress(request.body, byteCountMax: 64 << 20),
        isVersion2: false
      )
      return try (0..<messages.count).flatMap { index in
        try messages.samples(index).map { Key(series: text($0.labels), timestamp: $0.timestamp) }
      }
    } catch {
      Issue.record("a request that can't be read: \(error)")
      return []
    }
  }
}
