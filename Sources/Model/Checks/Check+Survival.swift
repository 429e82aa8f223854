extension Check {
  /// Bytes a sample takes on the queue's disk, at most (design of the spool).
  package static let bytesPerSample = 1.5
  /// The share of the disk that samples may fill; the rest is for indexes and what is being written.
  package static let usableShareOfDisk = 0.9
  /// What Prometheus agent keeps unsent: its WAL is cut every 2 h by two thirds, sent or not.
  static let plainPrometheusBuffer: PrometheusDuration = "1h"

  /// The oldest sample of a partition is `survive` old when the centre is back, and reaches it after one more wait between
  /// attempts and one attempt, or, where it must be refilled, after the next sync.
  static let survivalFitsWindow = Check(
    of: Settings.survive.info,
    Settings.outOfOrderWindow.info,
    Settings.syncInterval.info,
    Settings.maxBackoff.info,
    Settings.remoteTimeout.info,
    Settings.centralKind.info,
    Settings.collector.info
  ) { model in
    switch model[Settings.centralKind] {
    case .thanosReceive, .victoriametrics: return []
    case .prometheus, .mimir, .amp: break
    }
    guard model[Settings.collector].hasDurableQueue else { return [] }
    if model.milliseconds(ofLateness: model[Settings.outOfOrderWindow]) < model[Settings.survive].milliseconds
      + model.catchUp
    {
      return [.windowShorterThanSurvival(model)]
    }
    return model[Settings.outOfOrderWindow].milliseconds == 0 ? [.nothingOutOfOrder(model)] : []
  }

  /// What is older than the retention is deleted, however it came.
  static let windowFitsRetention = Check(
    of: Settings.survive.info,
    Settings.outOfOrderWindow.info,
    Settings.centralRetention.info,
    Settings.centralKind.info
  ) { model in
    guard model[Settings.centralKind] == .prometheus else { return [] }
    let retention = model[Settings.centralRetention]
    if model[Settings.survive] > retention { return [.retentionShorterThanSurvival(model)] }
    return model[Settings.outOfOrderWindow] > retention ? [.retentionShorterThanWindow(model)] : []
  }

  static let survivalFitsDisk = Check(
    of: Settings.survive.info,
    Settings.storageSize.info,
    Settings.seriesPerNode.info,
    Settings.scrapeInterval.info,
    Settings.collector.info
  ) { model in
    guard model[Settings.collector].hasDurableQueue else { return [] }
    let usable = model[Settings.storageSize].value * usableShareOfDisk
    return model.queueBytes <= usable ? [] : [.diskSmallerThanSurvival(model, usable: usable)]
  }

  /// Said each time: nothing in the model can make it better but another collector.
  static let plainPrometheusGuarantee = Check(of: Settings.collector.info, Settings.survive.info) { model in
    model[Settings.collector].hasDurableQueue ? [] : [.plainPrometheusGuarantee(model)]
  }
}

extension Configuration {
  /// Milliseconds from the end of a partition until its oldest sample is at the centre, at worst.
  package var catchUp: Int {
    self[Settings.syncInterval] * 60_000 + self[Settings.maxBackoff].milliseconds
      + self[Settings.remoteTimeout].milliseconds
  }

  /// Bytes on a node's disk for a partition of `survive`.
  package var queueBytes: Double { samplesPerSecond * self[Settings.survive].seconds * Check.bytesPerSample }
}
