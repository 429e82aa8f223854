import Foundation
import Testing

/// Hands JSON to a script of Tests/Tools and reads its JSON answer.
func python(_ script: String, _ request: Any) throws -> Any {
  let scratch = FileManager.default.temporaryDirectory.appending(path: "rescfg-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
  defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: scratch) } }
  // Files, not pipes: either side may be longer than a pipe holds.
  let input = scratch.appending(path: "in")
  let output = scratch.appending(path: "out")
  try JSONSerialization.data(withJSONObject: request).write(to: input)
  try Data().write(to: output)
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = ["python3", Repository.root.appending(path: "Tests/Tools/\(script)").path]
  process.standardInput = try FileHandle(forReadingFrom: input)
  process.standardOutput = try FileHandle(forWritingTo: output)
  try process.run()
  process.waitUntilExit()
  try #require(process.terminationStatus == 0, "\(script) ended with \(process.terminationStatus)")
  return try JSONSerialization.jsonObject(with: Data(contentsOf: output))
}
