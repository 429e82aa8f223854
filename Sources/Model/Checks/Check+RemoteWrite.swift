extension Check {
  /// The first delay can't be longer than the longest.
  static let backoffOrder = Check(of: Settings.initialBackoff.info, Settings.maxBackoff.info) { model in
    model[Settings.initialBackoff] <= model[Settings.maxBackoff] ? [] : [.backoffOrder(model)]
  }

  /// Upstream advises a queue of 3 to 10 requests per shard (practices/remote_write.md); under one it can't fill any.
  static let batchFitsQueue = Check(of: Settings.maxSamplesPerSend.info, Settings.queueCapacity.info) { model in
    let capacity = model[Settings.queueCapacity]
    let batch = model[Settings.maxSamplesPerSend]
    if batch > capacity { return [.batchLargerThanQueue(model)] }
    return capacity < batch * 3 || capacity > batch * 10 ? [.queueOutOfProportion(model)] : []
  }

  /// Prometheus sends remote write 2.0 since 2.54 (`protobuf_message`); our own queue does in any case.
  static let remoteWriteProtocolIsKnown = Check(
    of: Settings.remoteWriteProtocol.info,
    Settings.collector.info,
    Settings.prometheusVersion.info
  ) { model in
    let isKnown =
      model[Settings.remoteWriteProtocol] == .v1 || model[Settings.collector].hasDurableQueue
      || model[Settings.prometheusVersion] >= PrometheusVersion(2, 54)
    return isKnown ? [] : [.protocolUnknownToPrometheus(model)]
  }

  /// The default address is the central Prometheus that we install; other kinds live elsewhere.
  static let centralAddress = Check(of: Settings.centralKind.info, Settings.centralURL.info) { model in
    model[Settings.centralKind] != .prometheus && model.location(of: Settings.centralURL.info) == nil
      ? [.centralAddressMissing(model)] : []
  }
}
