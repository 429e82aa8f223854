/// What a mapping in Prometheus' own vocabulary may hold.
///
/// Source: the `yaml` tags of Prometheus' and prometheus/common's configuration structs, compared over the first release
/// of each minor from v2.42.0 to v3.14.0.
public struct Vocabulary: Sendable {
  /// What it describes, for a sentence "a … has no 'x'".
  public let title: String
  public let fields: [Field]
  /// What else must hold in such a mapping, of fields that are each well formed.
  let alsoChecked: @Sendable (Node) -> [Diagnostic]
  private let indexes: [String: Int]

  init(_ title: String, _ fields: [Field], alsoChecked: @escaping @Sendable (Node) -> [Diagnostic] = { _ in [] }) {
    self.title = title
    self.fields = fields
    self.alsoChecked = alsoChecked
    indexes = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.name, $0) })
  }

  public subscript(_ name: String) -> Field? { indexes[name].map { fields[$0] } }

  public struct Field: Sendable {
    public let name: String
    public let kind: Kind
    /// The release that brought it, where that is later than the oldest supported one.
    public let since: PrometheusVersion?
    /// The last release that had it, and its name from then on.
    public let gone: Gone?
    public let isRequired: Bool

    public struct Gone: Sendable {
      let after: PrometheusVersion
      let newName: String
    }
  }

  public indirect enum Kind: Sendable {
    case text
    /// Text that may not hold a user and password.
    case url
    case boolean
    /// A whole number, 0 or more.
    case count
    case number
    case duration
    /// Bytes with a unit of their own, `10MB`.
    case size
    case word([Word])
    case list(Kind)
    case map(Kind)
    /// Label names to texts.
    case labels
    case object(Vocabulary)
    /// A secret in the open, which no model holds.
    case secret(insteadUse: String?)
    /// A boolean that must not be true, and why.
    case neverTrue(String)
    /// Not looked at, but for secrets.
    case opaque
  }

  /// A choice, with the release that brought it.
  public struct Word: Sendable, ExpressibleByStringLiteral {
    public let word: String
    public let since: PrometheusVersion?

    public init(stringLiteral word: String) { self.init(word, since: nil) }
    init(_ word: String, since: PrometheusVersion?) { (self.word, self.since) = (word, since) }
  }
}

extension Vocabulary.Field {
  static func field(
    _ name: String,
    _ kind: Vocabulary.Kind,
    since: PrometheusVersion? = nil,
    gone: Gone? = nil,
    isRequired: Bool = false
  ) -> Vocabulary.Field {
    Vocabulary.Field(name: name, kind: kind, since: since, gone: gone, isRequired: isRequired)
  }
}
