extension CentralKind {
  /// Whether samples that come late are refused by a window, which the model has to know. VictoriaMetrics takes what is within its
  /// retention, in any order (docs/victoriametrics/FAQ.md).
  package var hasWindow: Bool { self != .victoriametrics }
}

/// How late samples are after a partition, and how late they may be. Milliseconds where it says so, else seconds.
extension Configuration {
  /// How late a sample may come: the window, or what a Prometheus without one takes in order, half of a block's two hours
  /// (tsdb/head_append.go, `appendableMinValidTime`).
  package var latenessMilliseconds: Int {
    let window = self[Settings.outOfOrderWindow].milliseconds
    return window == 0 ? 3_600_000 : window
  }

  /// From the end of a partition until its oldest sample is at the centre, at worst: one more wait between attempts and one attempt,
  /// or, where it must be refilled, the next sync.
  package var catchUpMilliseconds: Int {
    self[Settings.syncInterval] * 60_000 + self[Settings.maxBackoff].milliseconds
      + self[Settings.remoteTimeout].milliseconds
  }

  /// The longest partition whose oldest sample the centre still takes; less than 0 where it takes none.
  package var survivesByWindow: Double {
    self[Settings.centralKind].hasWindow ? Double(latenessMilliseconds - catchUpMilliseconds) / 1000 : .infinity
  }

  /// The longest partition whose oldest sample isn't deleted on arrival.
  package var survivesByRetention: Double {
    self[Settings.centralKind] == .prometheus ? self[Settings.centralRetention].seconds : .infinity
  }

  /// From the beginning of a partition until it is declared.
  package var detectionMilliseconds: Int {
    self[Settings.partitionThreshold] * self[Settings.checkInterval].milliseconds
  }
}
