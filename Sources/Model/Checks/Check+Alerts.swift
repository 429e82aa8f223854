extension Check {
  /// The range of our rules' queries, milliseconds, where no wait between attempts makes it longer.
  public static let alertWindow = 300_000

  /// Alerts on a queue that doesn't drain, on a node that isn't heard and on attempts that fail warn of loss only while there is room.
  static let alertsComeInTime: [Check] = [
    ("RemoteWriteQueueFull", Settings.queueAge), ("AgentSilent", Settings.silentNodeFor),
    ("HighRemoteWriteRetries", Settings.retryFor), ("MetricsSyncLag", Settings.syncLag),
  ].map { alert, setting in
    Check(
      of: setting.info,
      Settings.survive.info,
      Settings.collector.info,
      Settings.storageSize.info,
      Settings.seriesPerNode.info,
      Settings.scrapeInterval.info
    ) { model in
      model[setting].seconds < model.coveredSeconds ? [] : [.alertAfterLoss(alert, setting, model)]
    }
  }

  /// The alert on the disk fires while the oldest samples still have room.
  static let fillAlertComesInTime = Check(
    of: Settings.queueFill.info,
    Settings.storageSize.info,
    Settings.collector.info
  ) { model in
    guard model[Settings.collector].hasDurableQueue else { return [] }
    return model[Settings.queueFill] * model.queueBytesMax < model.outageBytes ? [] : [.fillAlertAfterLoss(model)]
  }

  /// `rate` and `increase` need two samples in their range, and four to bear a failed scrape.
  static let scrapesFitAlertWindows = Check(of: Settings.scrapeInterval.info) { model in
    let interval = model[Settings.scrapeInterval].milliseconds
    if interval * 2 > alertWindow { return [.tooFewSamplesForRules(model, .error)] }
    return interval * 4 > alertWindow ? [.tooFewSamplesForRules(model, .warning)] : []
  }

  /// A sample is at least one scrape old before the next can show a lag.
  static let syncLagAlertIsQuiet = Check(of: Settings.syncLag.info, Settings.scrapeInterval.info) { model in
    model[Settings.syncLag].milliseconds >= 2 * model[Settings.scrapeInterval].milliseconds
      ? [] : [.syncLagAlwaysFires(model)]
  }
}
