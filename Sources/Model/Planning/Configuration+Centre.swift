/// What the central Prometheus holds, where it is ours.
extension Configuration {
  /// Bytes of a sample in a Prometheus' blocks: the more of upstream's one to two (docs/storage.md).
  public static let blockBytesPerSample = 2.0

  /// Bytes that the centre keeps of the fleet's samples.
  public var centralBytes: Double {
    samplesPerSecond * Double(self[Settings.nodes]) * self[Settings.centralRetention].seconds * Self.blockBytesPerSample
  }
}
