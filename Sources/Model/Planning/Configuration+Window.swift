extension CentralKind {
  /// Whether samples that come late are refused by a window, which the model has to know. VictoriaMetrics takes what is within its
  /// retention, in any order (docs/victoriametrics/FAQ.md).
  public var hasWindow: Bool { self != .victoriametrics }

  /// The window where nobody sets one. Ours has the model's, and VictoriaMetrics needs none: there it only says how long a node keeps
  /// what it sent. The others take nothing out of order until they are told to (Mimir: `limits.out_of_order_time_window`, Thanos:
  /// `--tsdb.out-of-order.time-window`), or, with Amazon's 60 s, too little to count on: a backlog goes there in order.
  public var standardWindow: PrometheusDuration {
    switch self {
    case .prometheus, .victoriametrics: "24h"
    case .mimir, .thanosReceive, .amp: "0s"
    }
  }

  /// The longest window that the kind can be told; `nil` where there is no bound. Amazon's takes 0 to 600 s
  /// (UpdateWorkspaceConfiguration, `outOfOrderTimeWindowInSeconds`), and nothing older than an hour at all (its quotas).
  public var longestWindow: PrometheusDuration? { self == .amp ? "10m" : nil }
}

/// How late samples are after a partition, and how late they may be. Milliseconds where it says so, else seconds.
extension Configuration {
  /// What a Prometheus without a window takes in order, half of a block's two hours (tsdb/head_append.go, `appendableMinValidTime`);
  /// Mimir, Thanos and Amazon's service are made of the same.
  public static let latenessInOrder = 3_600_000

  /// How late a sample may come: the window, as far as it can be, or what is taken in order without one.
  public var latenessMilliseconds: Int {
    let window = self[Settings.outOfOrderWindow].milliseconds
    return window == 0
      ? Self.latenessInOrder : min(window, self[Settings.centralKind].longestWindow?.milliseconds ?? window)
  }

  /// From the end of a partition until its oldest sample is at the centre, at worst: one more wait between attempts and one attempt,
  /// or, where it must be refilled, the next sync. Without a durable queue nothing refills.
  public var catchUpMilliseconds: Int {
    (self[Settings.collector].hasDurableQueue ? self[Settings.syncInterval] * 60_000 : 0)
      + self[Settings.maxBackoff].milliseconds + self[Settings.remoteTimeout].milliseconds
  }

  /// The longest partition whose oldest sample the centre still takes; less than 0 where it takes none.
  public var survivesByWindow: Double {
    self[Settings.centralKind].hasWindow ? Double(latenessMilliseconds - catchUpMilliseconds) / 1000 : .infinity
  }

  /// The longest partition whose oldest sample isn't deleted on arrival.
  public var survivesByRetention: Double {
    self[Settings.centralKind] == .prometheus ? self[Settings.centralRetention].seconds : .infinity
  }

  /// Seconds of a partition that cost nothing: what is asked for, less where Prometheus alone keeps less.
  public var coveredSeconds: Double {
    self[Settings.collector].hasDurableQueue
      ? self[Settings.survive].seconds : min(self[Settings.survive].seconds, survivesByLog)
  }

  /// From the beginning of a partition until it is declared.
  public var detectionMilliseconds: Int {
    self[Settings.partitionThreshold] * self[Settings.checkInterval].milliseconds
  }
}
