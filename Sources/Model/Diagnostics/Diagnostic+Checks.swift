/// What settings say against each other.
extension Diagnostic {
  static func backoffOrder(_ model: Configuration) -> Diagnostic {
    let settings = [Settings.initialBackoff.info, Settings.maxBackoff.info]
    return Diagnostic(
      .error,
      "backoff-order",
      "the first delay, \(model.named(settings[0])), is longer than the longest, \(model.named(settings[1]))",
      among: settings,
      of: model,
      help: "lower \(settings[0].path) to \(model[Settings.maxBackoff].spelling), or raise \(settings[1].path)"
    )
  }

  static func batchLargerThanQueue(_ model: Configuration) -> Diagnostic {
    let settings = [Settings.maxSamplesPerSend.info, Settings.queueCapacity.info]
    return Diagnostic(
      .error,
      "batch-over-queue",
      "a request of \(model.named(settings[0])) can't fill from a queue of \(model.named(settings[1]))",
      among: settings,
      of: model,
      help:
        "raise \(settings[1].path) to \(model[Settings.maxSamplesPerSend] * 3) or more, or lower \(settings[0].path)"
    )
  }

  static func queueOutOfProportion(_ model: Configuration) -> Diagnostic {
    let settings = [Settings.queueCapacity.info, Settings.maxSamplesPerSend.info]
    let batch = model[Settings.maxSamplesPerSend]
    let times = Double(model[Settings.queueCapacity]) / Double(batch)
    return Diagnostic(
      .warning,
      "queue-out-of-proportion",
      "\(model.named(settings[0])) is \(decimal((times * 10).rounded() / 10)) times \(model.named(settings[1])); Prometheus advises 3 to 10 times",
      among: settings,
      of: model,
      help: "set \(settings[0].path) between \(batch * 3) and \(batch * 10)"
    )
  }

  static func drainSlowerThanCollection(_ model: Configuration) -> Diagnostic {
    let rate = model.samplesPerSecond.rounded(.up)
    return Diagnostic(
      .warning,
      "drain-too-slow",
      "after a partition the backlog drains slower than it grew: \(model.named(Settings.drainRate.info)) is less than the "
        + "\(decimal(rate)) samples a second that a node collects (\(model.named(Settings.seriesPerNode.info)) / "
        + "\(model.named(Settings.scrapeInterval.info)))",
      among: [Settings.drainRate.info, Settings.seriesPerNode.info, Settings.scrapeInterval.info],
      of: model,
      help: "raise \(Settings.drainRate.info.path) to \(decimal(rate)) at least"
    )
  }

  static func protocolUnknownToPrometheus(_ model: Configuration) -> Diagnostic {
    let settings = [Settings.remoteWriteProtocol.info, Settings.prometheusVersion.info, Settings.collector.info]
    return Diagnostic(
      .error,
      "protocol-unknown",
      "Prometheus \(model[Settings.prometheusVersion]) sends remote write 1.0 only; 2.0 came with 2.54",
      among: settings,
      of: model,
      help: "set \(settings[0].path) to \"1.0\", or another collector"
    )
  }

  static func centralAddressMissing(_ model: Configuration) -> Diagnostic {
    Diagnostic(
      .warning,
      "central-address",
      "\(model.named(Settings.centralKind.info)) is reached at the central Prometheus' address, \(model[Settings.centralURL])",
      among: [Settings.centralKind.info],
      of: model,
      help: "write its own address into \(model.path(of: Settings.centralURL.info))"
    )
  }

  static func checkOverlapsNext(_ model: Configuration) -> Diagnostic {
    let settings = [Settings.checkTimeout.info, Settings.checkInterval.info]
    return Diagnostic(
      .error,
      "check-overlaps",
      "a health check may still wait, \(model.named(settings[0])), when the next begins, \(model.named(settings[1]))",
      among: settings,
      of: model,
      help: "lower \(settings[0].path) below \(model[Settings.checkInterval].spelling), or raise \(settings[1].path)"
    )
  }

  static func partitionSeenTooLate(_ model: Configuration, after detection: Int) -> Diagnostic {
    let settings = [Settings.partitionThreshold.info, Settings.checkInterval.info, Settings.survive.info]
    return Diagnostic(
      .warning,
      "partition-seen-late",
      "a partition is declared after \(model.named(settings[0])) x \(model.named(settings[1])) = "
        + "\(PrometheusDuration(milliseconds: detection).spelling), no sooner than what \(model.named(settings[2])) covers ends",
      among: settings,
      of: model,
      help: "lower \(settings[0].path) or \(settings[1].path)"
    )
  }

  static func windowShorterThanSurvival(_ model: Configuration) -> Diagnostic {
    let needed = model[Settings.survive].milliseconds + model.catchUpMilliseconds
    let raised = PrometheusDuration(milliseconds: (needed + 59_999) / 60_000 * 60_000)
    let raise = "raise \(model.path(of: Settings.outOfOrderWindow.info)) to \(raised.spelling)"
    let lowered = (model.latenessMilliseconds - model.catchUpMilliseconds) / 60_000 * 60_000
    let lower =
      lowered > 0
      ? "lower \(Settings.survive.info.path) to \(PrometheusDuration(milliseconds: lowered).spelling)" : nil
    let canRaise = Settings.outOfOrderWindow.info.domain.accepts(.duration(raised))
    return Diagnostic(
      .error,
      "window-too-short",
      "samples may come \(PrometheusDuration(milliseconds: needed).spelling) late, and \(model.receiver) refuses them after "
        + "\(model.lateness): \(model.named(Settings.survive.info)) + "
        + "\(model.named(Settings.syncInterval.info)) + \(model.named(Settings.maxBackoff.info)) + "
        + "\(model.named(Settings.remoteTimeout.info))",
      among: [Settings.survive.info, Settings.outOfOrderWindow.info, Settings.syncInterval.info],
      of: model,
      help: [canRaise ? raise : nil, lower].compactMap { $0 }.joined(separator: ", or ")
    )
  }

  static func nothingOutOfOrder(_ model: Configuration) -> Diagnostic {
    Diagnostic(
      .warning,
      "nothing-out-of-order",
      "with \(model.named(Settings.outOfOrderWindow.info)) \(model.receiver) takes samples in order only: after a partition the oldest go first, "
        + "and alerts wait for fresh ones until all is sent; what is older than an hour is refused",
      among: [Settings.outOfOrderWindow.info],
      of: model,
      help: "give the centre a window, and write it into \(model.path(of: Settings.outOfOrderWindow.info))"
    )
  }

  static func centreUnsigned(_ model: Configuration) -> Diagnostic {
    Diagnostic(
      .error,
      "central-auth",
      "Amazon's service takes signed requests only, and \(model.named(Settings.centralAuthentication.info)) signs none",
      among: [Settings.centralAuthentication.info, Settings.centralKind.info],
      of: model,
      help: "set \(model.path(of: Settings.centralAuthentication.info)) to sigv4, or leave it out"
    )
  }

  static func secretInTheClear(_ model: Configuration) -> Diagnostic {
    Diagnostic(
      .warning,
      "central-plaintext",
      "\(model.named(Settings.centralAuthentication.info)) sends a secret over \(model[Settings.centralURL]), where anybody on the way can read it",
      among: [Settings.centralURL.info, Settings.centralAuthentication.info],
      of: model,
      help: "write an https:// address into \(model.path(of: Settings.centralURL.info))"
    )
  }

  static func certificatesUnused(_ model: Configuration) -> Diagnostic {
    Diagnostic(
      .warning,
      "central-plaintext",
      "\(model.named(Settings.centralTLS.info)) is about certificates, and \(model[Settings.centralURL]) is reached without any",
      among: [Settings.centralTLS.info, Settings.centralURL.info],
      of: model,
      help:
        "write an https:// address into \(model.path(of: Settings.centralURL.info)), or leave "
        + "\(model.path(of: Settings.centralTLS.info)) out"
    )
  }

  static func retentionShorterThanSurvival(_ model: Configuration) -> Diagnostic {
    let settings = [Settings.survive.info, Settings.centralRetention.info]
    return Diagnostic(
      .error,
      "retention-too-short",
      "samples of a partition of \(model.named(settings[0])) are deleted on arrival: the centre keeps "
        + model.named(settings[1]),
      among: settings,
      of: model,
      help: "raise \(settings[1].path) above \(model[Settings.survive].spelling)"
    )
  }

  static func retentionShorterThanWindow(_ model: Configuration) -> Diagnostic {
    let settings = [Settings.outOfOrderWindow.info, Settings.centralRetention.info]
    return Diagnostic(
      .warning,
      "retention-too-short",
      "the centre takes samples as late as \(model.named(settings[0])), and keeps them only \(model.named(settings[1]))",
      among: settings,
      of: model,
      help: "lower \(settings[0].path) to \(model[Settings.centralRetention].spelling), or raise \(settings[1].path)"
    )
  }

  static func diskSmallerThanSurvival(_ model: Configuration) -> Diagnostic {
    let settings = [
      Settings.survive.info, Settings.storageSize.info, Settings.seriesPerNode.info, Settings.scrapeInterval.info,
      Settings.diskBytesPerSample.info,
    ]
    let needed = model.unsentBytes(after: model[Settings.survive].seconds)
    let size = model.storageSize(holding: needed)
    let lower = Int(model.survivesByDisk / 60) * 60_000
    let help =
      "raise \(Settings.storageSize.info.path) to \(size)"
      + (lower > 0
        ? ", or lower \(Settings.survive.info.path) to \(PrometheusDuration(milliseconds: lower).spelling)" : "")
    return Diagnostic(
      .error,
      "disk-too-small",
      "a partition of \(model.named(settings[0])) takes \(sizeText(needed)) of a node's disk: "
        + "\(model.named(settings[2])) / \(model.named(settings[3])) x \(model[Settings.survive].spelling) x "
        + "\(decimal(model[Settings.diskBytesPerSample])) B a sample; it has \(sizeText(model.outageBytes)): 90 % of "
        + "\(model.named(settings[1])), less the segment that is being written",
      among: settings,
      of: model,
      help: help
    )
  }

  static func plainPrometheusGuarantee(_ model: Configuration) -> Diagnostic {
    let kept = PrometheusDuration(milliseconds: model.truncationSeconds / 2 * 1000)
    let survive = model.named(Settings.survive.info)
    let disk =
      kept >= model[Settings.survive]
      ? "\(survive) is not guaranteed"
      : "of \(survive) its disk keeps \(kept.spelling) in a partition"
    return Diagnostic(
      .warning,
      "no-durable-queue",
      "Prometheus agent alone loses all that is unsent at a restart or a change of its remote_write; \(disk)",
      among: [Settings.collector.info],
      of: model,
      help: "set \(Settings.collector.info.path) to prometheus or rescfg for a queue that survives both"
    )
  }

  static func queueAlertAfterLoss(_ model: Configuration) -> Diagnostic {
    let settings = [Settings.queueAge.info, Settings.survive.info]
    let half = model[Settings.survive].milliseconds / 2
    return Diagnostic(
      .warning,
      "alert-after-loss",
      "RemoteWriteQueueFull fires at \(model.named(settings[0])), when \(model.named(settings[1])) is already used up",
      among: settings,
      of: model,
      help: "lower \(settings[0].path) to \(PrometheusDuration(milliseconds: half).spelling), half of that"
    )
  }

  static func retriesBetweenWindows(_ model: Configuration) -> Diagnostic {
    Diagnostic(
      .warning,
      "alert-window",
      "HighRemoteWriteRetries looks at 5m, less than four waits of \(model.named(Settings.maxBackoff.info)): it may see no retry",
      among: [Settings.maxBackoff.info],
      of: model,
      help: "lower \(Settings.maxBackoff.info.path) to 75s or less"
    )
  }

  static func tooFewSamplesForRules(_ model: Configuration, _ severity: Severity) -> Diagnostic {
    Diagnostic(
      severity,
      "alert-window",
      "rules look at 5m, where \(model.named(Settings.scrapeInterval.info)) leaves "
        + (severity == .error ? "fewer than the two samples that a rate needs" : "no room for a failed scrape"),
      among: [Settings.scrapeInterval.info],
      of: model,
      help: "lower \(Settings.scrapeInterval.info.path) to \(severity == .error ? "2m" : "1m") or less"
    )
  }

  static func syncLagAlwaysFires(_ model: Configuration) -> Diagnostic {
    let settings = [Settings.syncLag.info, Settings.scrapeInterval.info]
    let twice = PrometheusDuration(milliseconds: model[Settings.scrapeInterval].milliseconds * 2).spelling
    return Diagnostic(
      .warning,
      "alert-always-fires",
      "MetricsSyncLag fires at \(model.named(settings[0])), which is less than two scrapes, \(model.named(settings[1]))",
      among: settings,
      of: model,
      help: "raise \(settings[0].path) to \(twice) or more"
    )
  }

  static func requestOverLimit(_ request: SettingInfo, _ limit: SettingInfo, _ model: Configuration) -> Diagnostic {
    Diagnostic(
      .error,
      "request-over-limit",
      "Kubernetes refuses a request over its limit: \(model.named(request)) is more than \(model.named(limit))",
      among: [request, limit],
      of: model,
      help: "raise \(limit.path) to \(model.resolved(request).value.written), or lower \(request.path)"
    )
  }

  static func noSuchNetwork(_ info: SettingInfo, _ model: Configuration) -> Diagnostic {
    Diagnostic(
      .error,
      "bad-format",
      "\(info.path) can't be '\(model.resolved(info).value.written)'",
      among: [info],
      of: model,
      help: "its four numbers are at most 255, its prefix at most 32, as in \(info.defaultValue.written)"
    )
  }

  static func networksOverlap(_ model: Configuration) -> Diagnostic {
    let settings = [Settings.serviceCIDR.info, Settings.vpcCIDR.info]
    return Diagnostic(
      .error,
      "networks-overlap",
      "\(model.named(settings[0])) and \(model.named(settings[1])) share addresses",
      among: settings,
      of: model,
      help: "'aws eks describe-cluster' shows both: kubernetesNetworkConfig.serviceIpv4Cidr and the VPC's"
    )
  }

  static func imageWithoutTools(_ model: Configuration) -> Diagnostic {
    Diagnostic(
      .error,
      "image-without-tools",
      "a distroless image has no wget and no cat, which the operational procedures run in the pod",
      among: [Settings.prometheusImage.info],
      of: model,
      help: "write \(model.standardValue(of: Settings.prometheusImage.info).written)"
    )
  }

  static func imageOfOtherVersion(_ version: String, _ model: Configuration) -> Diagnostic {
    let settings = [Settings.prometheusImage.info, Settings.prometheusVersion.info]
    let known = PrometheusVersion(version) != nil
    return Diagnostic(
      .error,
      "image-of-other-version",
      "\(model.named(settings[0])) is Prometheus \(version), and everything is rendered for "
        + model.named(settings[1]),
      among: settings,
      of: model,
      help: (known ? "set \(settings[1].path) to \"\(version)\", or " : "")
        + "write \(model.standardValue(of: settings[0]).written)"
    )
  }

  static func withoutEffect(_ info: SettingInfo, because other: SettingInfo, _ model: Configuration) -> Diagnostic {
    Diagnostic(
      .note,
      "without-effect",
      "\(model.path(of: info)) changes nothing with \(model.named(other))",
      among: [info],
      of: model,
      help: "delete it, or change \(model.path(of: other))"
    )
  }

  static func resilienceIsOff(_ model: Configuration, _ idle: SettingInfo) -> Diagnostic {
    Diagnostic(
      .note,
      "resilience-off",
      "nothing comes of \(idle.path): \(model.named(Settings.enableNetworkResilience.info))",
      among: [Settings.enableNetworkResilience.info, idle],
      of: model,
      help: "write 'enable_network_resilience: true'"
    )
  }
}
