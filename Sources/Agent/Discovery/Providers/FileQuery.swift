/// Asks for the files that patterns match.
public struct FileQuery: Hashable, Sendable {
  public let ticket: DiscoveryTicket
  public let patterns: [FilePattern]
  /// Files that need not be read if they still look like this.
  public let known: [String: FileStamp]
  public let byteCountMax: Int
  public let fileCountMax: Int
}

/// What tells a changed file from the one that was read.
public struct FileStamp: Hashable, Sendable {
  public var modifiedNanoseconds: Int64
  public var byteCount: Int
  public var inode: UInt64

  public init(modifiedNanoseconds: Int64, byteCount: Int, inode: UInt64) {
    self.modifiedNanoseconds = modifiedNanoseconds
    self.byteCount = byteCount
    self.inode = inode
  }
}

/// One file that matched.
public struct FileReading: Hashable, Sendable {
  public enum Outcome: Hashable, Sendable {
    /// It looks as it did.
    case unchanged
    case contents([UInt8], FileStamp)
    case failed(String)
  }

  public let path: String
  public let outcome: Outcome

  public init(_ path: String, _ outcome: Outcome) {
    self.path = path
    self.outcome = outcome
  }
}
