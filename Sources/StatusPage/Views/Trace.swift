import Agent
import Charts
import Model

extension StatusPage {
  /// The queue's curve with the band of the path's states below it.
  func trace(_ queue: QueueSnapshot) -> Markup {
    let picture = TracePicture(queue, now: snapshot.now.monotonic)
    var content = [
      Tag.figcaption(content: [Tag.h3(text: "Waiting samples, the last \(duration(picture.length))")]),
      Tag.p(.classes(.ends), content: [Tag.span(text: samples(UInt64(picture.top)))]),
      Tag.svg(
        .classes(.area),
        .viewBox(TracePicture.width, TracePicture.height),
        .stretched,
        .role(.img),
        .label(picture.description),
        content: [Tag.path(.path(picture.outline))]
      ),
    ]
    if queue.path != nil { content.append(band(picture)) }
    let start = snapshot.now.wall - picture.length
    content.append(Tag.p(.classes(.ends), content: [Tag.span(content: [time(start)]), Tag.span(text: "now")]))
    if queue.path != nil { content.append(legend) }
    return Tag.figure(.classes(.trace), content: content)
  }

  private func band(_ picture: TracePicture) -> Markup {
    Tag.svg(
      .classes(.band),
      .viewBox(TracePicture.width, TracePicture.bandHeight),
      .stretched,
      .decoration,
      content: picture.timeline.stretches.map { stretch in
        let start = picture.x(stretch.start)
        return piece(stretch.state, x: start, width: max(0.5, picture.x(stretch.end) - start))
      }
    )
  }

  /// A state's piece of the band: the worse the state, the higher.
  private func piece(_ state: PartitionState, x: Double, width: Double) -> Markup {
    let height: Double =
      switch state {
      case .connected: 3
      case .suspect, .recovering: 7
      case .partitioned: 12
      }
    let place = Attribute.place(x: x, y: Double(TracePicture.bandHeight) - height, width: width, height: height)
    return .element(.rect, [.classes(state.style)] + place, [])
  }

  private var legend: Markup {
    Tag.ul(
      .classes(.legend),
      content: PartitionState.allCases.map { state in
        let swatch = Tag.svg(
          .classes(.band),
          .viewBox(12, TracePicture.bandHeight),
          .decoration,
          content: [piece(state, x: 0, width: 12)]
        )
        return Tag.li(content: [swatch, .text(state.rawValue)])
      }
    )
  }
}

/// Where the lines of a trace go.
struct TracePicture {
  static let width = 360
  static let height = 100
  static let bandHeight = 12

  /// Milliseconds from the first slot until now.
  let length: Int64
  /// What the upper edge stands for. A minute of what comes in at least: the few seconds' worth that always waits is no mountain.
  let top: Double
  let timeline: PathTimeline
  private let trace: QueueTrace
  /// Monotonic.
  private let start: Int64

  init(_ queue: QueueSnapshot, now: Int64) {
    let length = max(1000, now - queue.trace.start)
    let minute = queue.takenPerSecond.isFinite ? queue.takenPerSecond * 60 : 0
    trace = queue.trace
    top = min(max(1, minute.rounded(), Double(queue.trace.peaks.max() ?? 0)), 1e18)
    timeline = queue.path.map { PathTimeline($0, from: now - length, until: now) } ?? PathTimeline()
    start = now - length
    self.length = length
  }

  /// The place of a monotonic time.
  func x(_ time: Int64) -> Double {
    Double(min(max(0, time - start), length)) / Double(length) * Double(Self.width)
  }

  private func y(_ count: UInt64) -> Double { Double(Self.height) * (1 - min(1, Double(count) / top) * 0.98) }

  /// The area below the curve.
  var outline: String {
    guard let first = trace.peaks.first, let last = trace.peaks.last else { return "M0 100H360" }
    var path = "M0 \(Self.height)V\(trimmed(y(first), 1))"
    for (slot, peak) in trace.peaks.enumerated() {
      path += "L\(trimmed(x(trace.start + (Int64(slot) * 2 + 1) * trace.step / 2), 1)) \(trimmed(y(peak), 1))"
    }
    return path + "L\(Self.width) \(trimmed(y(last), 1))V\(Self.height)Z"
  }

  /// The picture in words.
  var description: String {
    let most = trace.peaks.max() ?? 0
    let curve =
      "Waiting in the last \(duration(length)): \(samples(most)) at most, \(samples(trace.peaks.last ?? 0)) at the end."
    let states = timeline.summary
    return states.isEmpty ? curve : "\(curve) The path was \(states)."
  }
}
