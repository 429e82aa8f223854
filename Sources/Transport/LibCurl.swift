internal import CCurl

/// libcurl, opened when the first client is made rather than when the program starts.
public enum LibCurl {
  /// The name its binary interface has had since 2006.
  public static let fileName = "libcurl.so.4"

  /// Opens the library once in a process; whoever comes later gets the outcome of the first time.
  ///
  /// Throws a failure of kind `.other` that names the package to install.
  public static func load(_ fileName: String = fileName) throws(TransportFailure) {
    guard let problem = unsafe ccurl_load(fileName) else { return }
    throw TransportFailure(kind: .other, message: unsafe String(cString: problem))
  }
}
