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
    guard model[Settings.centralKind].hasWindow, model[Settings.collector].hasDurableQueue else { return [] }
    if model.latenessMilliseconds < model[Settings.survive].milliseconds + model.catchUpMilliseconds {
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
