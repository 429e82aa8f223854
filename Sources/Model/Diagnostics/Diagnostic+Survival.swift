/// What ends survival sooner than `survive`: the centre's window and retention, the disk, the log.
extension Diagnostic {
  static func windowShorterThanSurvival(_ model: Configuration) -> Diagnostic {
    let (window, survive, sync) = (Settings.outOfOrderWindow.info, Settings.survive.info, Settings.syncInterval.info)
    let late = model[Settings.survive].milliseconds + model.catchUpMilliseconds
    let room = model.latenessMilliseconds - late
    let raised = PrometheusDuration.rounded(up: late)
    let most = model[Settings.centralKind].longestWindow
    let canRaise = most.map { raised <= $0 } ?? true
    let interval = model[Settings.syncInterval]
    let oftener = Settings.evenIntervals.last { room + (interval - $0) * 60_000 >= 0 }
    let shorter = PrometheusDuration.rounded(down: model.latenessMilliseconds - model.catchUpMilliseconds)
    let isInOrderEnough = !canRaise && late <= Configuration.latenessInOrder && model.latenessMilliseconds < late
    let parts =
      [survive] + (model[Settings.collector].hasDurableQueue ? [sync] : [])
      + [Settings.maxBackoff.info, Settings.remoteTimeout.info]
    return Diagnostic(
      .error,
      "window-too-short",
      "samples may come \(PrometheusDuration(milliseconds: late).spelling) late, and \(model.receiver) refuses them after "
        + "\(model.lateness): \(parts.map(model.named).joined(separator: " + "))",
      among: [survive, window, sync, Settings.centralKind.info],
      of: model
    ).mended(
      in: model,
      by: [
        canRaise ? .raise(window, .duration(raised)) : nil,
        isInOrderEnough ? .set(window, .duration("0s")) : nil,
        parts.contains(sync) ? oftener.map { .lower(sync, .integer($0)) } : nil,
        shorter.map { .lower(survive, .duration($0)) },
      ],
      otherwise: most.map { "choose another centre: this one takes at most \($0.spelling) out of order" },
      remark: canRaise ? model.windowIsToldElsewhere : nil
    )
  }

  static func nothingOutOfOrder(_ model: Configuration) -> Diagnostic {
    let window = Settings.outOfOrderWindow.info
    let needed = PrometheusDuration.rounded(up: model[Settings.survive].milliseconds + model.catchUpMilliseconds)
    let canRaise = model[Settings.centralKind].longestWindow.map { needed <= $0 } ?? true
    return Diagnostic(
      canRaise ? .warning : .note,
      "nothing-out-of-order",
      "with \(model.named(window)) samples go to \(model.receiver) in order only: after a partition the oldest go first, "
        + "and alerts wait for fresh ones until all is sent"
        + (model[Settings.centralKind].hasWindow ? "; what is older than an hour is refused" : ""),
      among: [window, Settings.centralKind.info],
      of: model
    ).mended(
      in: model,
      by: [canRaise ? .raise(window, .duration(needed)) : nil],
      otherwise: canRaise ? nil : "choose another centre where alerts can't wait",
      remark: canRaise ? model.windowIsToldElsewhere : nil
    )
  }

  static func windowOverCentres(_ model: Configuration, _ most: PrometheusDuration) -> Diagnostic {
    let (window, kind) = (Settings.outOfOrderWindow.info, Settings.centralKind.info)
    return Diagnostic(
      .error,
      "window-over-centre",
      "\(model.named(kind)) takes samples out of order at most \(most.spelling) late, whatever it is told; the model counts on "
        + model.named(window),
      among: [window, kind],
      of: model
    ).mended(
      in: model,
      by: [.set(window, .duration("0s"))],
      otherwise: "choose another centre",
      remark: "at 0s the oldest goes first, and an hour can be made up for"
    )
  }

  static func syncTooRare(_ model: Configuration) -> Diagnostic {
    let (sync, survive, window) = (Settings.syncInterval.info, Settings.survive.info, Settings.outOfOrderWindow.info)
    let late = model[Settings.survive].milliseconds + model.catchUpMilliseconds
    let kept = Int(model.queueAgeMax * 1000)
    let interval = model[Settings.syncInterval]
    let oftener = Settings.evenIntervals.last { late + ($0 - interval) * 60_000 <= kept }
    return Diagnostic(
      .warning,
      "sync-too-rare",
      "a gap may be found \(PrometheusDuration(milliseconds: late).spelling) late, \(model.named(survive)) + \(model.named(sync)) + "
        + "\(model.named(Settings.maxBackoff.info)) + \(model.named(Settings.remoteTimeout.info)), and a node keeps what fills it "
        + "\(PrometheusDuration(milliseconds: kept).spelling), the longer of \(survive.path) and \(model.named(window))",
      among: [sync, survive, window, Settings.centralKind.info],
      of: model
    ).mended(
      in: model,
      by: [
        oftener.map { .lower(sync, .integer($0)) }, .raise(window, .duration(.rounded(up: late))),
      ]
    )
  }

  static func retentionShorterThanSurvival(_ model: Configuration) -> Diagnostic {
    let (survive, retention) = (Settings.survive.info, Settings.centralRetention.info)
    return Diagnostic(
      .error,
      "retention-too-short",
      "samples of a partition of \(model.named(survive)) are deleted on arrival: the centre keeps \(model.named(retention))",
      among: [survive, retention],
      of: model
    ).mended(
      in: model,
      by: [.raise(retention, .duration(max(model[Settings.survive], model[Settings.outOfOrderWindow])))]
    )
  }

  static func retentionShorterThanWindow(_ model: Configuration) -> Diagnostic {
    let (window, retention) = (Settings.outOfOrderWindow.info, Settings.centralRetention.info)
    let late = model[Settings.survive].milliseconds + model.catchUpMilliseconds
    let isEnough = model[Settings.centralRetention].milliseconds >= late
    return Diagnostic(
      .warning,
      "retention-too-short",
      "the centre takes samples as late as \(model.named(window)), and keeps them only \(model.named(retention))",
      among: [window, retention],
      of: model
    ).mended(
      in: model,
      by: [
        isEnough ? .lower(window, model.resolved(retention).value) : nil,
        .raise(retention, model.resolved(window).value),
      ]
    )
  }

  static func diskSmallerThanSurvival(_ model: Configuration) -> Diagnostic {
    let (survive, size, series, interval) = (
      Settings.survive.info, Settings.storageSize.info, Settings.seriesPerNode.info, Settings.scrapeInterval.info
    )
    let needed = model.unsentBytes(after: model[Settings.survive].seconds)
    let shorter = PrometheusDuration.rounded(down: Int(model.survivesByDisk * 1000))
    return Diagnostic(
      .error,
      "disk-too-small",
      "a partition of \(model.named(survive)) takes \(sizeText(needed)) of a node's disk: "
        + "\(model.named(series)) / \(model.named(interval)) x \(model[Settings.survive].spelling) x "
        + "\(decimal(model[Settings.diskBytesPerSample])) B a sample; it has \(sizeText(model.outageBytes)): 90 % of "
        + "\(model.named(size)), less the segment that is being written",
      among: [survive, size, series, interval, Settings.diskBytesPerSample.info],
      of: model
    ).mended(
      in: model,
      by: [
        Quantity(model.storageSize(holding: needed)).map { .raise(size, .quantity($0)) },
        shorter.map { .lower(survive, .duration($0)) },
      ]
    )
  }

  static func plainPrometheusGuarantee(_ model: Configuration) -> Diagnostic {
    let kept = PrometheusDuration(milliseconds: Int(model.survivesByLog) * 1000)
    let survive = model.named(Settings.survive.info)
    let disk =
      kept >= model[Settings.survive]
      ? "\(survive) is not guaranteed" : "of \(survive) its disk keeps \(kept.spelling) in a partition"
    return Diagnostic(
      .warning,
      "no-durable-queue",
      "Prometheus agent alone loses all that is unsent at a restart or a change of its remote_write; \(disk)",
      among: [Settings.collector.info],
      of: model
    ).mended(
      in: model,
      by: [Collector.prometheus, .rescfg].map { .set(Settings.collector.info, $0.scalar) },
      remark: "their queue survives both"
    )
  }

  static func centralDiskTooSmall(_ model: Configuration) -> Diagnostic {
    let (size, retention, nodes) = (
      Settings.centralStorage.info, Settings.centralRetention.info, Settings.nodes.info
    )
    let gibibytes = Int((model.centralBytes / 1_073_741_824).rounded(.up))
    let hours = Int(
      model[Settings.centralRetention].seconds * model[Settings.centralStorage].value / model.centralBytes / 3600
    )
    let shorter = hours > 0 ? PrometheusDuration(milliseconds: hours * 3_600_000) : nil
    let kept = shorter.flatMap { $0 >= max(model[Settings.survive], model[Settings.outOfOrderWindow]) ? $0 : nil }
    return Diagnostic(
      .warning,
      "central-disk-too-small",
      "the centre keeps \(sizeText(model.centralBytes)) of samples on \(model.named(size)): \(model.named(nodes)) x "
        + "\(model.named(Settings.seriesPerNode.info)) / \(model.named(Settings.scrapeInterval.info)) x \(model.named(retention)) x "
        + "\(decimal(Configuration.blockBytesPerSample)) B a sample",
      among: [size, retention, nodes, Settings.seriesPerNode.info, Settings.scrapeInterval.info],
      of: model
    ).mended(
      in: model,
      by: [.raise(size, .size(gibibytes, "Gi")), kept.map { .lower(retention, .duration($0)) }]
    )
  }
}

extension Configuration {
  /// Where a window is only counted on here, and has to be set at the centre.
  fileprivate var windowIsToldElsewhere: String? {
    self[Settings.centralKind] == .prometheus && destinationName == Destination.centre
      || !self[Settings.centralKind].hasWindow ? nil : "the same has to be set at \(receiver) itself"
  }
}
