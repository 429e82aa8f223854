/// What this program wrote into an output directory: the file `.rescfg-manifest.json` beside it.
///
/// A file is ours to replace or remove if its digest is one of those recorded for its path. While a run writes, a path
/// has two records, the old file's and the new one's, so that a killed run leaves nothing that the next calls foreign.
public struct Manifest: Hashable, Sendable {
  public static let path: OutputPath = {
    guard let path = OutputPath(".rescfg-manifest.json") else { preconditionFailure("BUG: the name is a path") }
    return path
  }()

  public struct Record: Hashable, Sendable {
    public let path: OutputPath
    /// SHA-256 in hexadecimal.
    public let digest: String
    public let environment: String
    /// The version of the program that rendered it.
    public let version: String

    public init(path: OutputPath, digest: String, environment: String, version: String) {
      self.path = path
      self.digest = digest
      self.environment = environment
      self.version = version
    }
  }

  /// By path, then digest; none twice.
  public let records: [Record]

  public init(_ records: [Record]) {
    self.records = Set(records).sorted { left, right in
      if left.path != right.path { return left.path < right.path }
      return (left.digest, left.environment, left.version) < (right.digest, right.environment, right.version)
    }
  }
}
