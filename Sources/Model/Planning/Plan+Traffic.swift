extension Plan.Draft {
  /// What goes to the centre while all is well.
  var traffic: [Figure] {
    [
      Figure(
        .steadyBandwidth,
        model.wireBytesPerSecond,
        .bytesPerSecond,
        [.figure(.samplesPerSecond), " x ", .value(Settings.wireBytesPerSample)]
      ),
      Figure(
        .steadyFleet,
        model.wireBytesPerSecond * Double(nodes),
        .bytesPerSecond,
        [.figure(.steadyBandwidth), " x ", nodesPiece]
      ),
    ]
  }

  /// What happens after the partition.
  var recovery: [Figure] {
    let freshFirst = model.sendsFreshFirst
    let shards: [Figure.Piece] = [
      freshFirst ? "(" : "", .value(Settings.maxShards),
      freshFirst ? .constant(1, .none, "for fresh samples") : "",
    ]
    let carried: [Figure.Piece] =
      (freshFirst ? [shards[0], shards[1], " - ", shards[2], ")"] : [shards[1]])
      + [
        " x ", .value(Settings.maxSamplesPerSend), " / ",
        .constant(Configuration.requestSeconds, .seconds, "a request"),
      ]
    let isLimited = model.drainPerSecond < model.shardsPerSecond
    return [
      Figure(
        .drainRate,
        model.drainPerSecond,
        .samplesPerSecond,
        isLimited ? [.value(Settings.drainRate)] : carried
      ),
      Figure(
        .recoveryBandwidth,
        model.recoveryPerSecond * model[Settings.wireBytesPerSample],
        .bytesPerSecond,
        (freshFirst ? ["(", .figure(.drainRate), " + ", .figure(.samplesPerSecond), ")"] : [.figure(.drainRate)])
          + [" x ", .value(Settings.wireBytesPerSample)]
      ),
      Figure(
        .recoveryFleet,
        model.recoveryPerSecond * model[Settings.wireBytesPerSample] * Double(nodes),
        .bytesPerSecond,
        [.figure(.recoveryBandwidth), " x ", nodesPiece]
      ),
      Figure(
        .recoveryFleetSamples,
        model.recoveryPerSecond * Double(nodes),
        .samplesPerSecond,
        (freshFirst ? ["(", .figure(.drainRate), " + ", .figure(.samplesPerSecond), ")"] : [.figure(.drainRate)])
          + [" x ", nodesPiece]
      ),
      Figure(
        .fresh,
        model.freshSeconds(after: outage, nodes: nodes),
        .seconds,
        resumed + (freshFirst ? [] : [" + ", .figure(.drained)])
      ),
      Figure(
        .drained,
        model.drainSeconds(after: outage),
        .seconds,
        [.figure(.backlogSamples), " / "]
          + (freshFirst ? [.figure(.drainRate)] : ["(", .figure(.drainRate), " - ", .figure(.samplesPerSecond), ")"])
      ),
    ]
  }

  private var resumed: [Figure.Piece] {
    if !isDurable { return [.value(Settings.maxBackoff)] }
    return [
      "min(", .value(Settings.maxBackoff), ", max(", .constant(1, .seconds, "at least"), ", ",
      .value(Settings.scrapeInterval), " / ", .constant(2, .none, "tries a scrape"), ") x (1 - sqrt(",
      .constant(Configuration.lastOfNodes, .none, "the last of all, in half the cases"), " / ", nodesPiece, ")))",
    ]
  }
}
