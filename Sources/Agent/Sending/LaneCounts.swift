/// Samples by lane.
struct LaneCounts {
  var live: UInt64 = 0
  var backlog: UInt64 = 0

  subscript(lane: Lane) -> UInt64 {
    get { lane == .live ? live : backlog }
    set { if lane == .live { live = newValue } else { backlog = newValue } }
  }

  var total: UInt64 { live + backlog }

  var byLane: [Lane: UInt64] { [.live: live, .backlog: backlog] }
}
