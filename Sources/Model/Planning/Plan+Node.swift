extension Plan.Draft {
  /// What a node's disk and memory hold.
  var node: [Figure] { backlog + (isDurable ? queueDisk : [logDisk]) + [disk] + memory }

  private var backlog: [Figure] {
    let samples = Figure(
      .backlogSamples,
      model.samplesPerSecond * outage,
      .samples,
      [.figure(.samplesPerSecond), " x ", outagePiece]
    )
    if !isDurable { return [samples] }
    return [
      samples,
      Figure(
        .backlogBytes,
        model.unsentBytes(after: outage),
        .bytes,
        [.figure(.backlogSamples), " x ", .value(Settings.diskBytesPerSample)]
      ),
    ]
  }

  private var queueDisk: [Figure] {
    [
      Figure(
        .keptBytes,
        model.keptBytes,
        .bytes,
        model.keptBytes < model.queueBytesMax
          ? [
            .figure(.samplesPerSecond), " x ", .figure(.survivesByAge), " x ", .value(Settings.diskBytesPerSample),
          ]
          : [
            .value(Settings.storageSize), " x ", .constant(Configuration.queueShareOfDisk, .none, "queue's share"),
          ]
      )
    ]
  }

  private var logDisk: Figure {
    Figure(
      .logBytes,
      model.logBytes,
      .bytes,
      [
        .constant(1.5, .none, "periods"), " x ", .constant(Double(model.truncationSeconds), .seconds, "a period"),
        " x ",
        .figure(.samplesPerSecond), " x ", .constant(Configuration.logBytesPerSample, .bytes, "a sample"),
      ]
    )
  }

  private var disk: Figure {
    Figure(.diskBytes, model[Settings.storageSize].value, .bytes, [.value(Settings.storageSize)])
  }

  private var memory: [Figure] {
    let collector = model[Settings.agentMemoryLimit]
    let queue = model[Settings.queueMemoryLimit]
    let both = model[Settings.collector] == .prometheus
    let limit = Figure(
      .podMemory,
      collector.value + (both ? queue.value : 0),
      .bytes,
      [.value(Settings.agentMemoryLimit)] + (both ? [" + ", .value(Settings.queueMemoryLimit)] : [])
    )
    if !isDurable { return [limit] }
    return [
      Figure(
        .queueMemory,
        model.queueMemoryBytes,
        .bytes,
        [
          .constant(Configuration.programBytes, .bytes, "program"), " + ", .value(Settings.seriesPerNode), " x ",
          .constant(Configuration.seriesBytes, .bytes, "a series"), " + ",
          .constant(model.inFlightBytes, .bytes, "requests on their way"),
        ]
      ),
      limit,
    ]
  }
}
