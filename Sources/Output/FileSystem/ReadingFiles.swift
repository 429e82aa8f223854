import Glibc

/// The bytes of a file that a person named, or the first `limit` of them.
public func readFile(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
  try Descriptor.file(path).read(limit: limit)
}

/// Writes a file that doesn't exist yet.
public func createFile(_ path: String, _ bytes: [UInt8]) throws(FileError) {
  try Descriptor.newFile(path).write(bytes)
}

/// Writes a file whole or not at all, in place of the one that is there: a new one beside it takes its name.
public func replaceFile(_ path: String, _ bytes: [UInt8]) throws(FileError) {
  let staged = path + ".rescfg-new"
  // What an interrupted run left is nobody's.
  try Descriptor.removeIfThere(staged)
  try createFile(staged, bytes)
  try Descriptor.rename(staged, to: path)
}

/// Whether a directory has that path, links followed.
public func directoryExists(_ path: String) -> Bool {
  do throws(FileError) {
    _ = try Descriptor.directory(path)
    return true
  } catch {
    return ![ENOENT, ENOTDIR].contains(error.code)
  }
}
