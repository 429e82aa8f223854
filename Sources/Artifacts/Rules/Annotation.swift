import Document

/// The text of an alert's annotation, in pieces, so that the template and what it must expand to in a test come from one
/// source.
struct Annotation<H: Hole>: Hashable, Sendable {
  enum Piece: Hashable, Sendable {
    /// Ours or a setting's: means itself, whatever braces it has.
    case text(Text<H>)
    case label(String)
    /// The alert's value.
    case value(ValueFormat)
  }

  /// How Prometheus' template functions print a value.
  enum ValueFormat: String, Hashable, Sendable {
    case duration = "{{ $value | humanizeDuration }}"
    case percentage = "{{ $value | humanizePercentage }}"
    case oneDecimal = #"{{ printf "%.1f" $value }}"#
    case whole = #"{{ printf "%.0f" $value }}"#
  }

  var pieces: [Piece]

  /// As the rule holds it.
  var template: Text<H> {
    pieces.reduce(Text()) { text, piece in
      switch piece {
      case .text(let own): text + own.goTemplateLiteral
      case .label(let name): text + Text("{{ $labels.\(name) }}")
      case .value(let format): text + Text(format.rawValue)
      }
    }
  }
}

extension Annotation where H == Never {
  /// As Prometheus prints it for an alert with these labels, `value` being what the value's format makes of it.
  func expansion(labels: [(name: String, value: Text<Never>)], value: String) -> Text<Never> {
    pieces.reduce(Text()) { text, piece in
      switch piece {
      case .text(let own): text + own
      case .label(let name): text + (labels.first { $0.name == name }?.value ?? Text())
      case .value: text + Text(value)
      }
    }
  }
}

extension Annotation: ExpressibleByStringInterpolation {
  init(stringLiteral value: String) { pieces = [.text(Text(value))] }
  init(stringInterpolation: Interpolation) { pieces = stringInterpolation.pieces }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var pieces: [Piece] = []

    init(literalCapacity: Int, interpolationCount: Int) {}
    mutating func appendLiteral(_ literal: String) { if !literal.isEmpty { pieces.append(.text(Text(literal))) } }
    mutating func appendInterpolation(_ other: Annotation) { pieces += other.pieces }
    mutating func appendInterpolation(_ text: Text<H>) { pieces.append(.text(text)) }
    mutating func appendInterpolation(_ number: Term<Int, H>) { pieces.append(.text(Text(number))) }
    mutating func appendInterpolation(label name: String) { pieces.append(.label(name)) }
    mutating func appendInterpolation(value format: ValueFormat) { pieces.append(.value(format)) }
  }
}
