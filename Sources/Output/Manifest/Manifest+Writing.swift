import Document

extension Manifest {
  /// One record a line, so that a change to one file is one line of a diff.
  public var text: String {
    var lines: [String] = []
    for record in records {
      let fields = [
        ("path", record.path.text), ("sha256", record.digest), ("environment", record.environment),
        ("version", record.version),
      ]
      lines.append("    {" + fields.map { quotedAsJSON($0) + ": " + quotedAsJSON($1) }.joined(separator: ", ") + "}")
    }
    if lines.isEmpty { return "{\n  \"files\": []\n}\n" }
    return "{\n  \"files\": [\n" + lines.joined(separator: ",\n") + "\n  ]\n}\n"
  }
}
