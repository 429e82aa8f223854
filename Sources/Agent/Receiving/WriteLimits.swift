package import Samples

/// What bounds a remote-write request.
package struct WriteLimits: Sendable {
  /// The body as it comes. The server has a limit of its own, which should be this one.
  package var compressedByteCountMax: Int
  /// The body after decompression.
  package var inflatedByteCountMax: Int
  /// How far ahead of this machine's clock a timestamp may be. Prometheus takes ten minutes too.
  package var aheadMillisecondsMax: Int64
  package var message: RemoteWriteLimits

  package init(
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
