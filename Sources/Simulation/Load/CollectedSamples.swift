/// What a node's collector has collected: the truth that the books and the centre are held against. One entry for each moment, which
/// stands for one sample of each of the node's series.
struct CollectedSamples {
  struct Entry {
    /// Milliseconds since 1970, by the node's clock.
    let timestamp: Int64
    /// Of the simulation's clock.
    let collectedAt: Int64
    /// When the agent answered that it has them; nothing if it never did.
    var acknowledgedAt: Int64?
    /// A power cut came within what the model lets it take.
    var isExcused = false
  }

  private(set) var entries: [Entry] = []
  private var places: [Int64: Int] = [:]
  /// The collector gave them up before the agent took them.
  private(set) var givenUp = 0

  mutating func collect(at timestamp: Int64, now: Int64) {
    if place(of: timestamp) != nil { return }
    places[timestamp] = entries.count
    entries.append(Entry(timestamp: timestamp, collectedAt: now))
  }

  func entry(_ timestamp: Int64) -> Entry? { place(of: timestamp).map { entries[$0] } }

  private func place(of timestamp: Int64) -> Int? {
    // What is asked for is mostly the newest.
    entries.last?.timestamp == timestamp ? entries.count - 1 : places[timestamp]
  }

  mutating func acknowledge(_ timestamp: Int64, now: Int64) {
    guard let place = place(of: timestamp), entries[place].acknowledgedAt == nil else { return }
    entries[place].acknowledgedAt = now
  }

  mutating func giveUp() { givenUp += 1 }

  /// The machine lost power: what was acknowledged since then may be gone.
  mutating func excuse(acknowledgedSince time: Int64) {
    for place in entries.indices.reversed() {
      guard let at = entries[place].acknowledgedAt else { continue }
      if at < time { break }
      entries[place].isExcused = true
    }
  }
}
