import Model

/// What a drill expects, by the model's figures.
struct DrillPlan {
  let seconds: Int64
  /// Milliseconds, as all here.
  let interval: Int64
  let checkTimeout: Int64
  let threshold: Int64
  /// Whether alerts are told to anybody.
  let hasAlertmanagers: Bool
  /// Whether the centre can be asked what it has.
  let answersQueries: Bool
  /// An agent gives a comparison four fifths of its interval, a minute at least, and begins one five seconds after another.
  let gapCheckMax: Int64

  init(_ model: Configuration, seconds: Int64) {
    self.seconds = seconds
    interval = Int64(model[Settings.checkInterval].milliseconds)
    checkTimeout = Int64(model[Settings.checkTimeout].milliseconds)
    threshold = Int64(model[Settings.partitionThreshold])
    hasAlertmanagers = !model.alertmanagers.isEmpty
    answersQueries = model[Settings.centralKind].queryPath != nil
    gapCheckMax = max(Int64(model[Settings.syncInterval]) * 48_000, 60_000) + 10_000
  }

  /// A write that was under way when the path was cut may still make the first round a good one.
  private var slack: Int64 { checkTimeout + interval }
  var detectionMax: Int64 { threshold * interval + slack }
  /// Two good rounds in a row end a partition.
  var recoveryMax: Int64 { 2 * interval + slack }
  /// Alerts on a path are raised with its change of state.
  var alertMax: Int64 { detectionMax + 2_000 }
  /// So long a backlog is watched after the path is back, and a report is given all the same.
  var drainMax: Int64 { max(60_000, seconds * 1000) }
  /// A partition that is shorter isn't seen, and needn't be.
  var isLongEnough: Bool { seconds * 1000 > detectionMax }
}
