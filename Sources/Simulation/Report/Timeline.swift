/// How the run went, at so many moments: what charts are drawn from.
public struct Timeline: Sendable {
  /// The fleet at one moment.
  public struct Point: Hashable, Sendable {
    /// Milliseconds since the beginning.
    public var time: Int64
    /// Samples in all queues.
    public var queued: Double
    /// Milliseconds since what the centre has newest was collected, of the node that is farthest behind.
    public var lag: Int64
    /// Bytes of the fullest disk.
    public var diskBytes: Double
    /// At the centre, since the point before.
    public var samplesPerSecond: Double
    public var requestsPerSecond: Double
    /// Nodes whose detector says that they are partitioned.
    public var partitionedNodes: Int

    init(time: Int64) {
      self.time = time
      (queued, lag, diskBytes, samplesPerSecond, requestsPerSecond, partitionedNodes) = (0, 0, 0, 0, 0, 0)
    }
  }

  public private(set) var points: [Point] = []
  /// Milliseconds from one to the next.
  public private(set) var interval: Int64
  private let countMax: Int

  init(duration: Int64, countMax: Int) {
    interval = max(duration / Int64(max(countMax, 1)), 1000)
    self.countMax = max(countMax, 2)
  }

  /// Keeps the points few: where they become twice as many, two become one.
  mutating func append(_ point: Point) {
    points.append(point)
    guard points.count >= 2 * countMax else { return }
    interval *= 2
    points = stride(from: 1, to: points.count, by: 2).map { index in
      var point = points[index]
      point.samplesPerSecond = (point.samplesPerSecond + points[index - 1].samplesPerSecond) / 2
      point.requestsPerSecond = (point.requestsPerSecond + points[index - 1].requestsPerSecond) / 2
      return point
    }
  }
}
