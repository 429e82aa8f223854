/// Alerts that come too late, always, or not at all, and a partition that is seen too late.
extension Diagnostic {
  static func checkOverlapsNext(_ model: Configuration) -> Diagnostic {
    let (timeout, interval) = (Settings.checkTimeout.info, Settings.checkInterval.info)
    let half = PrometheusDuration.rounded(down: model[Settings.checkInterval].milliseconds / 2)
    return Diagnostic(
      .error,
      "check-overlaps",
      "a health check may still wait, \(model.named(timeout)), when the next begins, \(model.named(interval))",
      among: [timeout, interval],
      of: model
    ).mended(
      in: model,
      by: [
        half.map { .lower(timeout, .duration($0)) },
        .raise(interval, .duration(PrometheusDuration(milliseconds: model[Settings.checkTimeout].milliseconds * 2))),
      ]
    )
  }

  static func partitionSeenTooLate(_ model: Configuration) -> Diagnostic {
    let (threshold, interval, survive) = (
      Settings.partitionThreshold.info, Settings.checkInterval.info, Settings.survive.info
    )
    let fewer = (model[Settings.survive].milliseconds - 1) / model[Settings.checkInterval].milliseconds
    let sooner = PrometheusDuration.rounded(
      down: model[Settings.survive].milliseconds / 2 / model[Settings.partitionThreshold]
    )
    return Diagnostic(
      .warning,
      "partition-seen-late",
      "a partition is declared after \(model.named(threshold)) x \(model.named(interval)) = "
        + "\(PrometheusDuration(milliseconds: model.detectionMilliseconds).spelling), no sooner than what \(model.named(survive)) covers ends",
      among: [threshold, interval, survive],
      of: model
    ).mended(
      in: model,
      by: [.lower(threshold, .integer(fewer)), sooner.map { .lower(interval, .duration($0)) }]
    )
  }

  /// An alert that fires when nothing can be saved any more.
  static func alertAfterLoss(
    _ alert: String,
    _ setting: Setting<PrometheusDuration>,
    _ model: Configuration
  ) -> Diagnostic {
    let survive = Settings.survive.info
    let half = PrometheusDuration.rounded(down: Int(model.coveredSeconds * 500)) ?? "1s"
    let twice = PrometheusDuration(milliseconds: model[setting].milliseconds * 2)
    let kept = PrometheusDuration(milliseconds: Int(model.coveredSeconds) * 1000).spelling
    let isCut = model.coveredSeconds < model[Settings.survive].seconds
    let covered =
      isCut ? "the \(kept) that Prometheus' log keeps of \(model.named(survive)) are" : "\(model.named(survive)) is"
    let canLower = setting.info.domain.accepts(.duration(half))
    return Diagnostic(
      .warning,
      "alert-after-loss",
      "\(alert) fires at \(model.named(setting.info)), when \(covered) already used up",
      among: [setting.info, survive],
      of: model
    ).mended(
      in: model,
      by: [.lower(setting.info, .duration(half)), canLower || isCut ? nil : .raise(survive, .duration(twice))],
      remark: canLower ? "it leaves as long again to act" : nil
    )
  }

  static func fillAlertAfterLoss(_ model: Configuration) -> Diagnostic {
    let (fill, size) = (Settings.queueFill.info, Settings.storageSize.info)
    let share = model.outageBytes / model.queueBytesMax
    return Diagnostic(
      .warning,
      "alert-after-loss",
      "RemoteWriteDiskQueueFilling fires above \(model.named(fill)) of the queue's disk, and the oldest samples may have to go from "
        + "\(decimal((share * 1000).rounded(.down) / 1000)): 90 % of \(model.named(size)), less the segment that is being written",
      among: [fill, size],
      of: model
    ).mended(in: model, by: [.lower(fill, .number(((share * 100).rounded(.up) - 1) / 100))])
  }

  static func tooFewSamplesForRules(_ model: Configuration, _ severity: Severity) -> Diagnostic {
    let interval = Settings.scrapeInterval.info
    return Diagnostic(
      severity,
      "alert-window",
      "rules look at 5m, where \(model.named(interval)) leaves "
        + (severity == .error ? "fewer than the two samples that a rate needs" : "no room for a failed scrape"),
      among: [interval],
      of: model
    ).mended(in: model, by: [.lower(interval, .duration("1m"))])
  }

  static func syncLagAlwaysFires(_ model: Configuration) -> Diagnostic {
    let (lag, interval) = (Settings.syncLag.info, Settings.scrapeInterval.info)
    let twice = PrometheusDuration(milliseconds: model[Settings.scrapeInterval].milliseconds * 2)
    return Diagnostic(
      .warning,
      "alert-always-fires",
      "MetricsSyncLag fires at \(model.named(lag)), which is less than two scrapes, \(model.named(interval))",
      among: [lag, interval],
      of: model
    ).mended(in: model, by: [.raise(lag, .duration(twice))])
  }
}
