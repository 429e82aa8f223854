import Foundation
import Testing

/// Certificates made by openssl for one test run, in a directory that is removed with this.
final class Certificates: Sendable {
  let directory: String

  init() throws {
    directory = NSTemporaryDirectory() + "rescfg-tls-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", Self.script]
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "openssl makes no certificates")
  }

  deinit { _ = try? FileManager.default.removeItem(atPath: directory) }

  func path(_ name: String) -> String { "\(directory)/\(name)" }

  private static let script = """
    set -e
    key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }
    issue() { # name, alternative names, days
      key "$1"
      openssl req -new -key "$1.key" -subj "/CN=$1" -out "$1.csr"
      printf 'subjectAltName=%s\\n' "$2" > "$1.ext"
      openssl x509 -req -in "$1.csr" -CA authority.pem -CAkey authority.key -CAcreateserial -days "$3" -extfile "$1.ext" -out "$1.pem"
    }
    for name in authority stranger; do
      key $name
      openssl req -x509 -new -key $name.key -subj "/CN=$name" -days 2 -out $name.pem
    done
    issue right IP:127.0.0.1,DNS:central.example 2
    issue elsewhere DNS:elsewhere.example 2
    issue expired IP:127.0.0.1 -1
    issue client DNS:client.example 2
    """
}

/// `openssl s_server` on a free loopback port, answering every GET with a page.
final class TLSServer {
  let port: Int
  private let process = Process()

  var url: String { "https://127.0.0.1:\(port)/" }

  init(_ certificates: Certificates, _ name: String, _ options: String...) throws {
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["openssl", "s_server", "-accept", "127.0.0.1:0", "-www", "-cert", "\(name).pem", "-key", "\(name).key"] + options
    process.currentDirectoryURL = URL(fileURLWithPath: certificates.directory)
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    var told = ""
    while !told.contains("ACCEPT 127.0.0.1:") || !told.hasSuffix("\n") {
      let data = output.fileHandleForReading.availableData
      try #require(!data.isEmpty, "openssl s_server ended: \(told)")
      told += String(decoding: data, as: UTF8.self)
    }
    let number = told.split(separator: "ACCEPT 127.0.0.1:").last?.prefix { $0.isNumber }
    port = try #require(number.flatMap { Int($0) })
  }

  deinit {
    // It may have inherited a mask that blocks SIGTERM from a thread of the tests' pool.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
