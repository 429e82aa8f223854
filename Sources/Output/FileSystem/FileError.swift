import Glibc

/// A system call on a file that failed: what was tried, on which path, and why.
public struct FileError: Error, Hashable, Sendable {
  public enum Operation: String, Hashable, Sendable {
    case open
    case read
    case write
    case list
    case inspect
    case create
    case createDirectory
    case rename
    case remove
    case lock
  }

  public let operation: Operation
  /// As a person would name it: what the command was given, with the path inside it.
  public let path: String
  /// `errno` as the call left it.
  public let code: Int32

  public init(_ operation: Operation, _ path: String, _ code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// Whether nothing has that path.
  public var isMissing: Bool { code == ENOENT }

  /// Whether something has that path already.
  public var isExisting: Bool { code == EEXIST }

  /// The system's sentence for the code, such as `No space left on device`.
  public var reason: String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}

/// Runs a system call, again while signals interrupt it, and takes `errno` before anything else can change it.
@discardableResult
func system<Result: SignedInteger>(
  _ operation: FileError.Operation,
  _ path: @autoclosure () -> String,
  _ call: () -> Result
) throws(FileError) -> Result {
  while true {
    let result = call()
    if result >= 0 { return result }
    let code = errno
    if code != EINTR { throw FileError(operation, path(), code) }
  }
}
