public import Model

/// Diagnostics as a person reads them in a terminal: place, what is wrong, the line with the word marked, what to do.
public struct TerminalReport {
  private let sources: [String: SourceExcerpt]
  private let isColoured: Bool

  /// - Parameter sources: the files' bytes by the name that locations have.
  public init(sources: [String: [UInt8]], isColoured: Bool) {
    self.sources = sources.mapValues { SourceExcerpt($0) }
    self.isColoured = isColoured
  }

  /// Ends in a line feed unless it is empty.
  public func text(of diagnostics: [Diagnostic]) -> String {
    let secret = Set(diagnostics.filter { !$0.showsSource }.compactMap(\.location).map(Line.init))
    return diagnostics.map { text(of: $0, hiding: secret) }.joined(separator: "\n")
  }

  /// A line of a file.
  private struct Line: Hashable {
    let file: String
    let number: Int

    init(_ location: Location) { (file, number) = (location.file, location.line) }
  }

  private func text(of diagnostic: Diagnostic, hiding secret: Set<Line>) -> String {
    var text = line(
      at: diagnostic.location,
      painted("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", colour(of: diagnostic.severity)),
      diagnostic.message
    )
    text += excerpt(at: diagnostic.location, colour(of: diagnostic.severity), hiding: secret)
    if let help = diagnostic.help { text += "  \(painted("help", .cyan)): \(help)\n" }
    for related in diagnostic.related {
      text += line(at: related.location, painted("note", .cyan), related.message)
      text += excerpt(at: related.location, .cyan, hiding: secret)
    }
    return text
  }

  private func line(at location: Location?, _ label: String, _ message: String) -> String {
    let place = location.map { painted("\($0.file):\($0.line):\($0.column)", .bold) + ": " } ?? ""
    return "\(place)\(label): \(message)\n"
  }

  private func excerpt(at location: Location?, _ colour: Colour, hiding secret: Set<Line>) -> String {
    guard let location, !secret.contains(Line(location)), let (line, marks) = sources[location.file]?.marked(location),
      !line.isEmpty
    else { return "" }
    let number = String(location.line)
    let margin = String(repeating: " ", count: number.count)
    return "  \(number) | \(line)\n  \(margin) | \(painted(marks, colour))\n"
  }

  private enum Colour: String {
    case red = "1;31"
    case yellow = "1;33"
    case cyan = "36"
    case bold = "1"
  }

  private func colour(of severity: Diagnostic.Severity) -> Colour {
    switch severity {
    case .error: .red
    case .warning: .yellow
    case .note: .cyan
    }
  }

  private func painted(_ text: String, _ colour: Colour) -> String {
    isColoured ? "\u{1b}[\(colour.rawValue)m\(text)\u{1b}[0m" : text
  }
}
