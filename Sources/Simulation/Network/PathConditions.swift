/// How the way from one node to the centre is now, all faults together.
struct PathConditions {
  var partition: Fault.Partition?
  var brownOuts: [(share: Double, status: Int, retryAfterSeconds: Int?)] = []
  /// Milliseconds for a round trip.
  var roundTrip: Int64
  var bytesPerSecond: Double?
  var isCentreDown = false

  init(_ active: [Fault], node: Int, of count: Int, roundTrip: Int64) {
    self.roundTrip = roundTrip
    for fault in active where fault.hits(node, of: count) {
      switch fault.kind {
      case .partition(let how): partition = how
      case .brownOut(let share, let status, let retryAfter): brownOuts.append((share, status, retryAfter))
      case .slow(let more): self.roundTrip += more
      case .thin(let rate): bytesPerSecond = min(bytesPerSecond ?? rate, rate)
      case .centreRestart: isCentreDown = true
      case .kill, .powerCut, .clockJump, .diskFull, .syncErrors, .tornWrites, .poison: break
      }
    }
  }
}
