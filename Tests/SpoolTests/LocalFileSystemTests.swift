import Glibc
import Samples
import Spool
import Testing

/// The real thing: a directory of this machine.
@Suite struct LocalFileSystemTests {
  private func withDirectory(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/spool-tests-XXXXXX".utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { unsafe mkdtemp($0.baseAddress!) } != nil
    try #require(made)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer {
      for name in ["LOCK", "central.cursor", "link.cursor", "0000000000000001.seg", "0000000000000002.seg", "sub"] {
        unsafe unlink("\(path)/\(name)")
      }
      unsafe rmdir(path)
    }
    try body(path)
  }

  private let configuration = SpoolConfiguration(byteCountMax: 1 << 20, destinations: ["central"])

  @Test func lifeOfASpool() throws {
    try withDirectory { path in
      var oracle = Oracle()
      var random = SeededGenerator(seed: 1)
      for _ in 0..<2 {
        let spool = try Spool(try LocalFileSystem(path: path), configuration)
        #expect(throws: SpoolError.locked) { try Spool(try LocalFileSystem(path: path), configuration) }
        for step in 0..<30 {
          let batch = oracle.makeBatch(&random, step: step)
          let end = try spool.append(batch)
          oracle.noteAppended(batch, sequence: end - 1)
          oracle.acknowledged.insert(end - 1)
          try spool.commit(table: oracle.table, now: Int64(step), synchronizing: true)
        }
        try spool.close(table: oracle.table, now: 0)
      }
      let spool = try Spool(try LocalFileSystem(path: path), configuration)
      let (records, lost) = Oracle.drain(spool)
      oracle.check(records, "from disk")
      #expect(lost.isEmpty && records.count == 60)
      #expect(spool.status.damage.places == 0)
    }
  }

  @Test func filesAreForTheOwnerAlone() throws {
    try withDirectory { path in
      let spool = try Spool(try LocalFileSystem(path: path), configuration)
      var oracle = Oracle()
      var random = SeededGenerator(seed: 1)
      _ = try spool.append(oracle.makeBatch(&random, step: 0))
      try spool.commit(table: oracle.table, now: 0, synchronizing: true)
      for name in ["LOCK", "central.cursor", "0000000000000001.seg"] {
        var status = stat()
        unsafe lstat("\(path)/\(name)", &status)
        #expect(status.st_mode & 0o777 == 0o600, "\(name)")
      }
    }
  }

  @Test func linksAreNotFollowed() throws {
    try withDirectory { path in
      unsafe symlink("/etc/hostname", "\(path)/0000000000000001.seg")
      unsafe symlink("/etc/hostname", "\(path)/link.cursor")
      let spool = try Spool(try LocalFileSystem(path: path), configuration)
      #expect(spool.status.foreignFiles == 2)
      #expect(throws: FileError(.open, "link.cursor", code: ELOOP)) {
        try LocalFileSystem(path: path).open("link.cursor", writable: false)
      }
      withExtendedLifetime(spool) {}
    }
  }

  @Test func errorsNameTheCall() throws {
    #expect(throws: FileError(.openDirectory, "/nonexistent/x", code: ENOENT)) {
      try LocalFileSystem(path: "/nonexistent/x")
    }
    try withDirectory { path in
      let directory = try LocalFileSystem(path: path)
      #expect(throws: FileError(.open, "none", code: ENOENT)) { try directory.open("none", writable: false) }
      #expect(throws: FileError(.remove, "none", code: ENOENT)) { try directory.remove("none") }
      let file = try directory.create("sub")
      #expect(throws: FileError(.create, "sub", code: EEXIST)) { try directory.create("sub") }
      directory.close(file)
    }
  }
}
