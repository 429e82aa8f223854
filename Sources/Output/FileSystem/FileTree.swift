/// An output directory as writing needs it, so that plans are tested against a tree in memory that fails on demand.
///
/// A path's ancestors are directories whenever one of these is called with it; no call follows a symbolic link.
public protocol FileTree {
  /// The directory's name for messages.
  var name: String { get }

  /// What stands at the path; `nil` where nothing does.
  func entry(at path: OutputPath) throws(FileError) -> FileTreeEntry?
  /// The bytes of the file at the path.
  func read(_ path: OutputPath) throws(FileError) -> [UInt8]
  /// The names at the top of the directory, those of writing's own left out.
  func topNames() throws(FileError) -> [String]
  /// Throws where files can't be made in the directory at the path, `nil` for the top.
  func checkWritable(_ directory: OutputPath?) throws(FileError)

  func createDirectory(_ path: OutputPath) throws(FileError)
  func remove(_ path: OutputPath) throws(FileError)
  /// Removes the directory if nothing is in it.
  func removeEmptyDirectory(_ path: OutputPath) throws(FileError)

  /// Writes bytes aside, under a number, where nobody looks for them.
  func stage(_ bytes: [UInt8], as number: Int) throws(FileError)
  /// Puts the staged file in the path's place, whole and at once.
  func promote(_ number: Int, to path: OutputPath) throws(FileError)

  /// Writes bytes aside, at the path below a directory of the same name as the path's first, which is not there yet.
  func stage(_ bytes: [UInt8], at path: OutputPath) throws(FileError)
  /// Puts a staged directory in its place at the top, with all that is in it and at once. Nothing may stand there.
  func promoteDirectory(_ directory: OutputPath) throws(FileError)

  /// Removes what is still staged. What can't be removed stays for the next run.
  func discardStaged()
}

/// What a name in an output directory stands for.
public enum FileTreeEntry: Hashable, Sendable {
  case file(byteCount: Int)
  case directory
  case link
  /// A device, socket or pipe.
  case other
}
