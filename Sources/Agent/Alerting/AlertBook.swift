import Model

/// Which alerts wait, fire, or are over.
struct AlertBook: Sendable {
  struct Key: Hashable, Sendable {
    let alert: LocalAlert
    let subject: AlertSubject
  }

  private struct Entry: Sendable {
    var condition: AlertCondition
    /// Since when the condition holds, monotonic.
    let since: Int64
    /// Milliseconds since 1970, and whether it fires.
    let startsAt: Int64
    var isFiring = false
    /// Since when it is over: wall and monotonic.
    var ended: Moment?
  }

  private var entries: [Key: Entry] = [:]
  /// So long one that is over is told of, as an Alertmanager may have been away.
  private static let afterlifeMilliseconds: Int64 = 900_000
  /// An Alertmanager that hears nothing any more takes an alert for over after four missed messages.
  static let lifeMilliseconds: Int64 = 240_000

  /// Takes all conditions that hold now.
  /// - Returns: whether an alert began to fire, or ended.
  mutating func update(_ conditions: [AlertCondition], now: Moment) -> Bool {
    var hasChanged = false
    var holding: Set<Key> = []
    for condition in conditions {
      let key = Key(alert: condition.alert, subject: condition.subject)
      holding.insert(key)
      if entries[key] == nil || entries[key]?.ended != nil {
        entries[key] = Entry(condition: condition, since: now.monotonic, startsAt: now.wall)
      }
      guard var entry = entries[key] else { continue }
      entry.condition = condition
      if !entry.isFiring, now.monotonic - entry.since >= condition.hold {
        entry.isFiring = true
        hasChanged = true
      }
      entries[key] = entry
    }
    for (key, entry) in entries where !holding.contains(key) {
      if let ended = entry.ended {
        if now.monotonic - ended.monotonic > Self.afterlifeMilliseconds { entries[key] = nil }
      } else if entry.isFiring {
        entries[key]?.ended = now
        hasChanged = true
      } else {
        entries[key] = nil
      }
    }
    return hasChanged
  }

  /// How many fire, by name.
  var firing: Tally<LocalAlert> {
    var counts = Tally<LocalAlert>()
    for entry in entries.values where entry.isFiring && entry.ended == nil { counts.add(to: entry.condition.alert) }
    return counts
  }

  /// When the next one that waits has waited long enough, in monotonic milliseconds.
  var nextWake: Int64? {
    entries.values.filter { !$0.isFiring }.map { $0.since + $0.condition.hold }.min()
  }

  /// What Alertmanager is told: those that fire, and those that ended lately, in a fixed order.
  func alerts(now: Moment) -> [PostedAlert] {
    entries.values.filter(\.isFiring).map { entry in
      PostedAlert(
        condition: entry.condition,
        startsAt: entry.startsAt,
        endsAt: entry.ended?.wall ?? now.wall + Self.lifeMilliseconds
      )
    }.sorted { ($0.condition.alert.rawValue, $0.sortKey) < ($1.condition.alert.rawValue, $1.sortKey) }
  }
}

/// One alert as it is posted.
struct PostedAlert: Hashable, Sendable {
  let condition: AlertCondition
  /// Milliseconds since 1970, both.
  let startsAt: Int64
  let endsAt: Int64

  fileprivate var sortKey: String { condition.subject.labels.map { $0.name + "=" + $0.value }.joined(separator: ",") }
}
