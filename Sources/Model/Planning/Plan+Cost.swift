extension Plan.Draft {
  private static let gibibyte = 1_073_741_824.0
  /// A year of 365 days has twelve of them.
  private static let monthSeconds = 2_628_000.0

  /// US dollars a month, by the model's prices.
  var costs: [Figure] {
    let storage = Double(nodes) * model[Settings.storageSize].value / Self.gibibyte * model[Settings.storagePrice]
    let perSecond = model.wireBytesPerSecond * Double(nodes) / Self.gibibyte
    let transfer = perSecond * Self.monthSeconds * model[Settings.crossZoneShare] * model[Settings.transferPrice]
    var figures = [
      Figure(
        .storageCost,
        storage,
        .dollars,
        [nodesPiece, " x ", .value(Settings.storageSize), " x ", .value(Settings.storagePrice)]
      )
    ]
    var total = storage + transfer
    if model[Settings.enablePrometheusStack], model[Settings.centralKind] == .prometheus {
      let central = model[Settings.centralStorage].value / Self.gibibyte * model[Settings.storagePrice]
      total += central
      figures.append(
        Figure(
          .centralCost,
          central,
          .dollars,
          [.value(Settings.centralStorage), " x ", .value(Settings.storagePrice)]
        )
      )
    }
    figures.append(
      Figure(
        .transferCost,
        transfer,
        .dollars,
        [
          .figure(.steadyFleet), " x ", .constant(Self.monthSeconds, .seconds, "a month"), " x ",
          .value(Settings.crossZoneShare), " x ", .value(Settings.transferPrice),
        ]
      )
    )
    let parts = figures.enumerated().flatMap { index, figure -> [Figure.Piece] in
      index == 0 ? [.figure(figure.name)] : [" + ", .figure(figure.name)]
    }
    return figures + [Figure(.cost, total, .dollars, parts)]
  }
}
