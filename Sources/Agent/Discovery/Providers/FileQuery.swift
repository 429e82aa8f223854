/// Asks for the files that patterns match.
package struct FileQuery: Hashable, Sendable {
  package let ticket: DiscoveryTicket
  package let patterns: [FilePattern]
  /// Files that need not be read if they still look like this.
  package let known: [String: FileStamp]
  package let byteCountMax: Int
  package let fileCountMax: Int
}

/// What tells a changed file from the one that was read.
package struct FileStamp: Hashable, Sendable {
  package var modifiedNanoseconds: Int64
  package var byteCount: Int
  package var inode: UInt64

  package init(modifiedNanoseconds: Int64, byteCount: Int, inode: UInt64) {
    self.modifiedNanoseconds = modifiedNanoseconds
    self.byteCount = byteCount
    self.inode = inode
  }
}

/// One file that matched.
package struct FileReading: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    /// It looks as it did.
    case unchanged
    case contents([UInt8], FileStamp)
    case failed(String)
  }

  package let path: String
  package let outcome: Outcome

  package init(_ path: String, _ outcome: Outcome) {
    self.path = path
    self.outcome = outcome
  }
}
