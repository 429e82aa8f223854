import Document
import Foundation
import Testing

@Suite struct TarTests {
  private let files: [(path: String, contents: [UInt8])] = [
    ("kubernetes/b.yaml", Array("b\n".utf8)),
    ("empty", []),
    ("a-first", Array(repeating: 0x61, count: 512)),
    ("kubernetes/é.yaml", Array("x".utf8)),
    ("a/z", Array(repeating: 0, count: 20_000)),
    (String(repeating: "d", count: 99) + "/" + String(repeating: "n", count: 100), [1]),
    (String(repeating: "p", count: 155) + "/" + String(repeating: "n", count: 100), [2]),
    ("prefix/" + String(repeating: "n", count: 93), [3]),
    (String(repeating: "n", count: 100), [4]),
  ]

  @Test func tarListsAndExtracts() throws {
    let directory = try ForeignProgram.scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let archive = directory.appendingPathComponent("archive.tar")
    try Data(tar(files)).write(to: archive)

    let listing = try ForeignProgram.run([
      "tar", "--utc", "--numeric-owner", "--quoting-style=literal", "-tvf", archive.path,
    ])
    let lines = String(decoding: listing, as: UTF8.self).split(separator: "\n")
    let sorted = files.map(\.path).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(lines.map { String($0.split(separator: " ").last ?? "") } == sorted)
    #expect(lines.allSatisfy { $0.hasPrefix("-rw-r--r-- 0/0 ") && $0.contains(" 1970-01-01 00:00 ") })

    let out = directory.appendingPathComponent("out")
    try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
    _ = try ForeignProgram.run(["tar", "-xf", archive.path, "-C", out.path])
    for (path, contents) in files {
      #expect(Array(try Data(contentsOf: out.appendingPathComponent(path))) == contents, "\(path)")
    }
  }

  @Test func pythonAgrees() throws {
    let script = """
      import io, sys, tarfile
      for it in tarfile.open(fileobj=io.BytesIO(sys.stdin.buffer.read())):
        print(it.name, it.size, oct(it.mode), it.uid, it.gid, it.mtime, it.isreg())
      """
    let output = try ForeignProgram.run(["python3", "-c", script], input: Data(tar(files)))
    let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    let expected = sorted.map { "\($0.path) \($0.contents.count) 0o644 0 0 0 True\n" }.joined()
    #expect(String(decoding: output, as: UTF8.self) == expected)
  }

  @Test func bytesDependOnNothingElse() {
    let archive = tar(files)
    #expect(tar(files.reversed()) == archive)
    #expect(archive.count % 10_240 == 0)
    #expect(archive.suffix(1024).allSatisfy { $0 == 0 })
    #expect(tar([]).count == 10_240)
  }

  @Test func impossiblePathsStop() async {
    await #expect(processExitsWith: .failure) { _ = tar([(String(repeating: "n", count: 101), [])]) }
    await #expect(processExitsWith: .failure) {
      _ = tar([(String(repeating: "p", count: 156) + "/" + String(repeating: "n", count: 100), [])])
    }
    await #expect(processExitsWith: .failure) { _ = tar([("a", []), ("a", [])]) }
    await #expect(processExitsWith: .failure) { _ = tar([("/etc/passwd", [])]) }
    await #expect(processExitsWith: .failure) { _ = tar([("", [])]) }
  }
}
