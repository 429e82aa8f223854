import Samples

/// A remote-write request without samples: what tries the write path and stores nothing.
public enum EmptyWriteRequest {
  /// The compressed body.
  public static func body(_ version: RemoteWriteVersion) -> [UInt8] {
    switch version {
    // Snappy's block format: the length of nothing.
    case .v1: [0]
    // Two bytes, as they are: the table of symbols, whose first must be the empty one (remote write 2.0, "Symbols").
    case .v2: [2, 1 << 2, 0x22, 0]
    }
  }

  /// Its headers, but those of its authentication.
  public static func headers(
    _ version: RemoteWriteVersion,
    custom: [(name: String, value: String)],
    toolVersion: String
  ) -> [(name: String, value: String)] {
    RequestHeaders.headers(version, attempt: 0, custom: custom, toolVersion: toolVersion)
  }
}
