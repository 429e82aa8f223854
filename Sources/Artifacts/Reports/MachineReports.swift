public import Document
public import Model

/// Diagnostics as a JSON array, one object each; what `--format json` prints.
public func jsonReport(_ diagnostics: [Diagnostic]) -> Tree<Never> {
  .sequence(
    diagnostics.map { diagnostic in
      Tree.mapping([
        .init("severity", .text(Text(diagnostic.severity.rawValue))), .init("code", .text(Text(diagnostic.code))),
        .init("message", .text(Text(diagnostic.message))),
        .init("help", diagnostic.help.map { .text(Text($0)) } ?? .null),
        .init("location", diagnostic.location.map(place) ?? .null),
        .init(
          "changes",
          .sequence(
            diagnostic.changes.map { ["setting": .text(Text($0.path)), "value": literal($0.value)] }
          )
        ),
        .init(
          "related",
          .sequence(
            diagnostic.related.map { ["message": .text(Text($0.message)), "location": place($0.location)] }
          )
        ),
      ])
    }
  )
}

private func place(_ location: Location) -> Tree<Never> {
  [
    "file": .text(Text(location.file)), "line": .integer(.known(location.line)),
    "column": .integer(.known(location.column)),
  ]
}

/// Diagnostics for code scanning: SARIF 2.1.0 (OASIS).
public func sarifReport(_ diagnostics: [Diagnostic]) -> Tree<Never> {
  let codes = Set(diagnostics.map(\.code)).sorted()
  return [
    "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    "version": "2.1.0",
    "runs": [
      [
        "tool": ["driver": ["name": "rescfg", "rules": .sequence(codes.map { ["id": .text(Text($0))] })]],
        "columnKind": "unicodeCodePoints",
        "results": .sequence(diagnostics.map(sarifResult)),
      ]
    ],
  ]
}

private func sarifResult(_ diagnostic: Diagnostic) -> Tree<Never> {
  let message = diagnostic.message + (diagnostic.help.map { ". " + $0 } ?? "")
  var result: Tree<Never> = [
    "ruleId": .text(Text(diagnostic.code)), "level": .text(Text(diagnostic.severity.rawValue)),
    "message": ["text": .text(Text(message))],
  ]
  if let location = diagnostic.location {
    result = result.adding("locations", [["physicalLocation": physical(location)]])
  }
  if !diagnostic.related.isEmpty {
    let related = diagnostic.related.map { related -> Tree<Never> in
      ["physicalLocation": physical(related.location), "message": ["text": .text(Text(related.message))]]
    }
    result = result.adding("relatedLocations", .sequence(related))
  }
  return result
}

private func physical(_ location: Location) -> Tree<Never> {
  [
    "artifactLocation": ["uri": .text(Text(uri(location.file)))],
    "region": ["startLine": .integer(.known(location.line)), "startColumn": .integer(.known(location.column))],
  ]
}

/// A path as a relative or absolute URI reference (RFC 3986): what isn't unreserved is percent-encoded.
private func uri(_ path: String) -> String {
  var result = ""
  for byte in path.utf8 {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x2f, 0x5f, 0x7e:
      result.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      result += "%" + (digits.count == 1 ? "0" : "") + digits
    }
  }
  return result
}

/// Diagnostics as workflow commands, which GitHub Actions shows beside the line.
///
/// Source: GitHub, "Workflow commands", and the escapes of actions/toolkit `command.ts`.
public func gitHubReport(_ diagnostics: [Diagnostic]) -> String {
  diagnostics.map { diagnostic in
    let command = diagnostic.severity == .note ? "notice" : diagnostic.severity.rawValue
    var properties = ["title=\(escapedForProperty("rescfg: \(diagnostic.code)"))"]
    if let location = diagnostic.location {
      properties.insert(
        contentsOf: ["file=\(escapedForProperty(location.file))", "line=\(location.line)", "col=\(location.column)"],
        at: 0
      )
    }
    let message = diagnostic.message + (diagnostic.help.map { ". " + $0 } ?? "")
    return "::\(command) \(properties.joined(separator: ","))::\(escapedForCommand(message))\n"
  }.joined()
}

private func escapedForCommand(_ text: String) -> String {
  replacing("\n", in: replacing("\r", in: replacing("%", in: text, with: "%25"), with: "%0D"), with: "%0A")
}

private func escapedForProperty(_ text: String) -> String {
  replacing(",", in: replacing(":", in: escapedForCommand(text), with: "%3A"), with: "%2C")
}
