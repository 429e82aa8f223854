/// What this program wrote into an output directory: the file `.rescfg-manifest.json` beside it.
///
/// A file is ours to replace or remove if its digest is one of those recorded for its path. While a run writes, a path
/// has two records, the old file's and the new one's, so that a killed run leaves nothing that the next calls foreign.
package struct Manifest: Hashable, Sendable {
  package static let path: OutputPath = {
    guard let path = OutputPath(".rescfg-manifest.json") else { preconditionFailure("BUG: the name is a path") }
    return path
  }()

  package struct Record: Hashable, Sendable {
    package let path: OutputPath
    /// SHA-256 in hexadecimal.
    package let digest: String
    package let environment: String
    /// The version of the program that rendered it.
    package let version: String

    package init(path: OutputPath, digest: String, environment: String, version: String) {
      self.path = path
      self.digest = digest
      self.environment = environment
      self.version = version
    }
  }

  /// By path, then digest; none twice.
  package let records: [Record]

  package init(_ records: [Record]) {
    self.records = Set(records).sorted { left, right in
      if left.path != right.path { return left.path < right.path }
      return (left.digest, left.environment, left.version) < (right.digest, right.environment, right.version)
    }
  }
}
