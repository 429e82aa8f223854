extension Plan.Draft {
  /// How long a partition may last by each of the things that end it; at least one.
  var bounds: [Figure] { (isDurable ? [disk, age] : [log]) + [window, retention].compactMap { $0 } }

  private var disk: Figure {
    Figure(
      .survivesByDisk,
      model.survivesByDisk,
      .seconds,
      [
        "(", .value(Settings.storageSize), " x ", .constant(Configuration.queueShareOfDisk, .none, "queue's share"),
        " - ", .constant(model.segmentBytes, .bytes, "segment"), ") / (", .figure(.samplesPerSecond), " x ",
        .value(Settings.diskBytesPerSample), ")",
      ]
    )
  }

  private var age: Figure {
    Figure(
      .survivesByAge,
      model.queueAgeMax,
      .seconds,
      ["max(", .value(Settings.outOfOrderWindow), ", ", .value(Settings.survive), ")"]
    )
  }

  private var log: Figure {
    let half: [Figure.Piece] = [.constant(0.5, .none, "kept by a cut at worst"), " x "]
    let fits = model.truncationSeconds < max(Int(model[Settings.survive].seconds * 2), 7200)
    let byDisk: [Figure.Piece] = [
      .value(Settings.storageSize), " / (", .constant(2 * Configuration.logBytesPerSample, .bytes, "a sample, twice"),
      " x ", .figure(.samplesPerSecond), ")",
    ]
    let byTime: [Figure.Piece] = [
      "max(", .constant(2, .none, "as long as wanted"), " x ", .value(Settings.survive), ", ",
      .constant(7200, .seconds, "upstream's period"), ")",
    ]
    return Figure(.survivesByLog, model.survivesByLog, .seconds, half + (fits ? byDisk : byTime))
  }

  private var window: Figure? {
    guard model[Settings.centralKind].hasWindow else { return nil }
    let lateness = Double(model.latenessMilliseconds) / 1000
    let window: Figure.Piece =
      switch model[Settings.outOfOrderWindow].seconds {
      case 0: .constant(lateness, .seconds, "taken in order")
      case lateness: .value(Settings.outOfOrderWindow)
      default: .constant(lateness, .seconds, "the most that the centre takes")
      }
    let sync: [Figure.Piece] = isDurable ? [" - ", .value(Settings.syncInterval)] : []
    return Figure(
      .survivesByWindow,
      model.survivesByWindow,
      .seconds,
      [window] + sync + [" - ", .value(Settings.maxBackoff), " - ", .value(Settings.remoteTimeout)]
    )
  }

  private var retention: Figure? {
    guard model[Settings.centralKind] == .prometheus else { return nil }
    return Figure(.survivesByRetention, model.survivesByRetention, .seconds, [.value(Settings.centralRetention)])
  }

  /// When somebody hears of a partition, and how long before it costs samples.
  func warnings(_ survives: Double) -> [Figure] {
    [
      Figure(
        .partitionDeclared,
        Double(model.detectionMilliseconds) / 1000,
        .seconds,
        [.value(Settings.partitionThreshold), " x ", .value(Settings.checkInterval)]
      ),
      Figure(.queueAlert, model[Settings.queueAge].seconds, .seconds, [.value(Settings.queueAge)]),
      Figure(
        .warning,
        max(0, survives - model[Settings.queueAge].seconds),
        .seconds,
        [.figure(.survives), " - ", .figure(.queueAlert)]
      ),
    ]
  }
}
