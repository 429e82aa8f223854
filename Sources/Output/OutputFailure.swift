/// Why an output directory was left as it was. What happened, without prose: the command line puts it in words.
public enum OutputFailure: Error, Hashable, Sendable {
  /// A call on a file failed.
  case file(FileError)
  /// The manifest at that path isn't one.
  case manifest(String, Manifest.ReadingError)
  /// Things stand in the way; all of them.
  case conflicts([Conflict])
}

/// Something in an output directory that a render won't touch by itself.
public struct Conflict: Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// The directory has files and no manifest: it was not rendered by us.
    case foreignDirectory
    /// A file that was not rendered by us stands where one goes.
    case foreignFile
    /// A file of ours was edited since.
    case edited
    /// A file of ours that is no longer rendered was edited since.
    case editedStale
    /// A symbolic link, or something else that is no file, stands where a file goes.
    case notAFile
    /// A directory stands where a file goes. Nothing removes it for you.
    case directory
    /// Something that is no directory stands where one goes.
    case notADirectory
  }

  /// `nil` for the output directory itself.
  public let path: OutputPath?
  public let reason: Reason

  public init(_ path: OutputPath?, _ reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// Whether `--force` gets past it.
  public var yieldsToForce: Bool { reason != .directory }
}
