public import Model

/// What the centre takes and how fast.
public struct CentreRules: Hashable, Sendable {
  public var kind: CentralKind
  /// How much older than its newest sample one may be, in milliseconds; 0 for nothing out of order.
  public var window: Int64
  /// Whether what is older than the window is answered with 500, as Prometheus 2.39 to 2.49 does, and not with 400.
  public var answersTooOldWith500: Bool
  /// Samples a second of the whole fleet; nothing for as fast as they come.
  public var samplesPerSecond: Double?

  public init(_ model: Configuration, samplesPerSecond: Double?) {
    kind = model[Settings.centralKind]
    window = Int64(model[Settings.outOfOrderWindow].milliseconds)
    let version = model[Settings.prometheusVersion]
    answersTooOldWith500 =
      kind == .prometheus && version >= PrometheusVersion(2, 39) && version < PrometheusVersion(2, 50)
    self.samplesPerSecond = samplesPerSecond
  }
}
