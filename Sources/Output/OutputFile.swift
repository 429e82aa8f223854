import Document

/// One file to write: its place in the output directory and its bytes.
public struct OutputFile: Hashable, Sendable {
  public let path: OutputPath
  public let bytes: [UInt8]
  /// SHA-256 of the bytes, in hexadecimal digits.
  let digest: String

  public init(_ path: OutputPath, _ bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    digest = SHA256.hexDigest(of: bytes)
  }

  public init(_ path: OutputPath, _ text: String) { self.init(path, Array(text.utf8)) }
}

/// A place inside an output directory: names joined by `/`, none of them empty, `.` or `..`.
///
/// The only way to name a file to the file system, so that nothing read from a manifest can point out of the directory.
public struct OutputPath: Hashable, Sendable, Comparable {
  public let text: String

  /// `nil` where the text is absolute, leaves the directory, or has control characters.
  public init?(_ text: String) {
    let names = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    for name in names {
      if name.isEmpty || name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { return nil }
      if name.count > 255 || name.contains(where: { $0 < 0x20 }) { return nil }
    }
    self.text = text
  }

  /// The directory around it; `nil` at the top.
  public var parent: OutputPath? {
    guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return OutputPath(String(text[..<slash]))
  }

  /// The directories from the top down to it.
  public var ancestors: [OutputPath] {
    var found: [OutputPath] = []
    var next = parent
    while let directory = next {
      found.append(directory)
      next = directory.parent
    }
    return found.reversed()
  }

  /// The last name.
  public var name: String {
    guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return text }
    return String(text[text.utf8.index(after: slash)...])
  }

  /// By bytes: the same order on every machine.
  public static func < (left: OutputPath, right: OutputPath) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  public static func == (left: OutputPath, right: OutputPath) -> Bool {
    left.text.utf8.count == right.text.utf8.count && left.text.utf8.elementsEqual(right.text.utf8)
  }

  public func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
