extension Check {
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
    model.survivesByWindow < model[Settings.survive].seconds ? [.windowShorterThanSurvival(model)] : []
  }

  /// Fresh samples can pass the backlog only where the centre takes samples out of order.
  static let freshSamplesPass = Check(
    of: Settings.survive.info,
    Settings.outOfOrderWindow.info,
    Settings.syncInterval.info,
    Settings.maxBackoff.info,
    Settings.remoteTimeout.info,
    Settings.centralKind.info,
    Settings.collector.info
  ) { model in
    guard model[Settings.collector].hasDurableQueue, !model.sendsFreshFirst else { return [] }
    // Where the window is too short there is more to say.
    return model.survivesByWindow < model[Settings.survive].seconds ? [] : [.nothingOutOfOrder(model)]
  }

  /// Gaps have to be found while the node still has what fills them. Where the centre has a window, that is the shorter, and counts the
  /// interval already.
  static let gapsAreFoundInTime = Check(
    of: Settings.syncInterval.info,
    Settings.survive.info,
    Settings.outOfOrderWindow.info,
    Settings.maxBackoff.info,
    Settings.remoteTimeout.info,
    Settings.centralKind.info,
    Settings.collector.info
  ) { model in
    guard model[Settings.collector].hasDurableQueue, !model[Settings.centralKind].hasWindow else { return [] }
    let late = model[Settings.survive].milliseconds + model.catchUpMilliseconds
    return Double(late) / 1000 <= model.queueAgeMax ? [] : [.syncTooRare(model)]
  }

  /// What is older than the retention is deleted, however it came.
  static let windowFitsRetention = Check(
    of: Settings.survive.info,
    Settings.outOfOrderWindow.info,
    Settings.centralRetention.info,
    Settings.centralKind.info
  ) { model in
    if model.survivesByRetention < model[Settings.survive].seconds { return [.retentionShorterThanSurvival(model)] }
    return model.survivesByRetention < model[Settings.outOfOrderWindow].seconds
      ? [.retentionShorterThanWindow(model)] : []
  }

  static let survivalFitsDisk = Check(
    of: Settings.survive.info,
    Settings.storageSize.info,
    Settings.seriesPerNode.info,
    Settings.scrapeInterval.info,
    Settings.diskBytesPerSample.info,
    Settings.collector.info
  ) { model in
    guard model[Settings.collector].hasDurableQueue else { return [] }
    return model.unsentBytes(after: model[Settings.survive].seconds) <= model.outageBytes
      ? [] : [.diskSmallerThanSurvival(model)]
  }

  /// Said each time: nothing in the model can make it better but another collector.
  static let plainPrometheusGuarantee = Check(
    of: Settings.collector.info,
    Settings.survive.info,
    Settings.storageSize.info,
    Settings.seriesPerNode.info,
    Settings.scrapeInterval.info
  ) { model in
    model[Settings.collector].hasDurableQueue ? [] : [.plainPrometheusGuarantee(model)]
  }
}
