extension Check {
  /// The range of our rules' queries, milliseconds.
  package static let alertWindow = 300_000

  /// A queue alert is a warning of loss to come only while there is still room.
  static let queueAlertComesInTime = Check(of: Settings.queueAge.info, Settings.survive.info) { model in
    model[Settings.queueAge] < model[Settings.survive] ? [] : [.queueAlertAfterLoss(model)]
  }

  /// Prometheus counts a retry after its wait; a window of less than four waits may see none.
  static let retryAlertWindow = Check(of: Settings.maxBackoff.info) { model in
    model[Settings.maxBackoff].milliseconds * 4 <= alertWindow ? [] : [.retriesBetweenWindows(model)]
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
