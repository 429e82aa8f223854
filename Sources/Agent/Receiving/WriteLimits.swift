public import Samples

/// What bounds a remote-write request.
public struct WriteLimits: Sendable {
  /// The body as it comes. The server has a limit of its own, which should be this one.
  public var compressedByteCountMax: Int
  /// The body after decompression.
  public var inflatedByteCountMax: Int
  /// How far ahead of this machine's clock a timestamp may be. Prometheus takes ten minutes too.
  public var aheadMillisecondsMax: Int64
  public var message: RemoteWriteLimits

  public init(
    compressedByteCountMax: Int = 16 << 20,
    inflatedByteCountMax: Int = 64 << 20,
    aheadMillisecondsMax: Int64 = 600_000,
    message: RemoteWriteLimits = RemoteWriteLimits()
  ) {
    self.compressedByteCountMax = compressedByteCountMax
    self.inflatedByteCountMax = inflatedByteCountMax
    self.aheadMillisecondsMax = aheadMillisecondsMax
    self.message = message
  }
}
