/// An archive of plain files that depends on nothing but their paths and contents: sorted by path bytes, mode 0644, owner 0,
/// time 0. Source: POSIX.1-2017, pax, "ustar Interchange Format".
///
/// Paths are relative and distinct. Up to 100 bytes fit always, up to 256 where a `/` divides them into at most 155 and
/// at most 100; other paths are a programmer's mistake.
public func tar(_ files: [(path: String, contents: [UInt8])]) -> [UInt8] {
  let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  var archive: [UInt8] = []
  archive.reserveCapacity(files.reduce(2 * recordSize) { $0 + blockSize + $1.contents.count + blockSize })
  var previous: [UInt8] = []
  for (path, contents) in sorted {
    let path = Array(path.utf8)
    precondition(path != previous, "BUG: two files of one path in an archive")
    previous = path
    archive.append(contentsOf: header(path: path, size: contents.count))
    archive.append(contentsOf: contents)
    pad(&archive, to: blockSize)
  }
  archive.append(contentsOf: repeatElement(0, count: 2 * blockSize))
  pad(&archive, to: recordSize)
  return archive
}

private let blockSize = 512
/// What tar programs write at once, and expect an archive to be a multiple of.
private let recordSize = 20 * blockSize

private func pad(_ archive: inout [UInt8], to multiple: Int) {
  let excess = archive.count % multiple
  if excess > 0 { archive.append(contentsOf: repeatElement(0, count: multiple - excess)) }
}

private func header(path: [UInt8], size: Int) -> [UInt8] {
  let (prefix, name) = divided(path)
  var block: [UInt8] = []
  func field(_ bytes: some Collection<UInt8>, length: Int) {
    precondition(bytes.count <= length, "BUG: a field of an archive overflows")
    block.append(contentsOf: bytes)
    block.append(contentsOf: repeatElement(0, count: length - bytes.count))
  }
  field(name, length: 100)
  field(octal(0o644, digits: 7), length: 8)
  field(octal(0, digits: 7), length: 8)  // user
  field(octal(0, digits: 7), length: 8)  // group
  field(octal(size, digits: 11), length: 12)
  field(octal(0, digits: 11), length: 12)  // time of modification
  field(repeatElement(UInt8(ascii: " "), count: 8), length: 8)  // the checksum counts its own field as spaces
  field("0".utf8, length: 1)  // a plain file
  field([], length: 100)  // target of a link
  field("ustar\0".utf8, length: 6)
  field("00".utf8, length: 2)  // version
  field([], length: 32)  // user's name
  field([], length: 32)  // group's name
  field(octal(0, digits: 7), length: 8)  // device, major
  field(octal(0, digits: 7), length: 8)  // device, minor
  field(prefix, length: 155)
  field([], length: 12)

  let checksum = block.reduce(0) { $0 + Int($1) }
  block.replaceSubrange(148..<156, with: octal(checksum, digits: 6) + [0, UInt8(ascii: " ")])
  return block
}

/// The path as prefix and name, which readers join with a `/`.
private func divided(_ path: [UInt8]) -> (prefix: ArraySlice<UInt8>, name: ArraySlice<UInt8>) {
  let slash = UInt8(ascii: "/")
  precondition(
    !path.isEmpty && path.first != slash && path.last != slash && !path.contains(0),
    "BUG: no path of a file"
  )
  if path.count <= 100 { return ([], path[...]) }
  guard let cut = path[(path.count - 101)...].firstIndex(of: slash), cut <= 155 else {
    preconditionFailure("BUG: a path too long for an archive")
  }
  return (path[..<cut], path[(cut + 1)...])
}

private func octal(_ number: Int, digits: Int) -> [UInt8] {
  let spelled = String(number, radix: 8).utf8
  return Array(repeatElement(UInt8(ascii: "0"), count: max(0, digits - spelled.count))) + spelled
}
