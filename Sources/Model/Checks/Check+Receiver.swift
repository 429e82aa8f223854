extension Check {
  /// What a kind of receiver can't be told to take, no model can count on.
  static let windowIsPossible = Check(of: Settings.outOfOrderWindow.info, Settings.centralKind.info) { model in
    guard let most = model[Settings.centralKind].longestWindow else { return [] }
    return model[Settings.outOfOrderWindow] > most ? [.windowOverCentres(model, most)] : []
  }

  /// Anyone on the way to a receiver outside the cluster reads what is sent to it, and may write to it.
  static let receiverIsNotOpen = Check(
    of: Settings.centralURL.info,
    Settings.centralAuthentication.info,
    Settings.centralTLS.info
  ) { model in
    guard model[Settings.centralURL].hasPrefix("http://"), !model.isReceiverInCluster else { return [] }
    // With a secret or with certificates there is more to say (`secretsGoOverTLS`).
    return model[Settings.centralAuthentication].file == nil && model[Settings.centralTLS] == .system
      ? [.centreOpen(model)] : []
  }

  /// Upstream's rule: samples a second, times the retention, times 1 to 2 bytes (docs/storage.md).
  static let retentionFitsCentralDisk = Check(
    of: Settings.centralStorage.info,
    Settings.centralRetention.info,
    Settings.seriesPerNode.info,
    Settings.scrapeInterval.info,
    Settings.nodes.info,
    Settings.centralKind.info,
    Settings.enablePrometheusStack.info
  ) { model in
    guard model[Settings.enablePrometheusStack], model[Settings.centralKind] == .prometheus else { return [] }
    return model.centralBytes <= model[Settings.centralStorage].value ? [] : [.centralDiskTooSmall(model)]
  }
}

extension Configuration {
  /// Whether the receiver has a Service's name, or is the machine itself: one label, `.svc`, `.svc.cluster.local`, a loopback address.
  var isReceiverInCluster: Bool {
    let address = self[Settings.centralURL].utf8.drop { $0 != UInt8(ascii: "/") }.dropFirst(2)
    let host = address.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/") }
    let labels = host.split(separator: UInt8(ascii: ".")).map { String(decoding: $0, as: UTF8.self) }
    return labels.count == 1 || labels.contains("svc") || labels.last == "local" || labels.last == "localhost"
      || labels.count == 4 && labels[0] == "127"
  }
}
