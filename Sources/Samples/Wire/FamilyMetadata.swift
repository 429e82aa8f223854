/// What is known of metric families: remote write 1.0 and the spool hold metadata by family, 2.0 wants it with the series.
struct FamilyMetadata: ~Copyable {
  struct Family {
    var type: UInt64 = 0
    var unit: [UInt8] = []
    var help: [UInt8] = []
    /// Whether the help text has yet to be sent.
    var isHelpDue = true
  }

  /// Families beyond this are sent without metadata.
  private static let familyCountMax = 20_000
  private static let textByteCountMax = 4_096

  private var families: [KeyedHash: Family] = [:]
  private let key: KeyedHash.Key

  init(key: KeyedHash.Key) { self.key = key }

  var isEmpty: Bool { families.isEmpty }

  /// Takes in a `MetricMetadata` of remote write 1.0; what can't be read says nothing.
  mutating func learn(_ message: Span<UInt8>) {
    var family = Family()
    var name: KeyedHash?
    do throws(ByteReader.Malformed) {
      var reader = ByteReader(message)
      while !reader.isAtEnd {
        let (field, wireType) = try reader.tag()
        switch (field, wireType) {
        case (1, 0): family.type = try reader.varint()
        case (2, 2): name = KeyedHash(try reader.message(), key: key)
        case (4, 2): family.help = bounded(try reader.message())
        case (5, 2): family.unit = bounded(try reader.message())
        default: try reader.skip(wireType: wireType)
        }
      }
    } catch { return }
    guard let name, families.count < Self.familyCountMax || families[name] != nil else { return }
    families[name] = family
  }

  /// The family a metric's name belongs to. Names of a histogram's or summary's series are the family's with an ending, and so are an OpenMetrics counter's.
  func key(of name: Span<UInt8>) -> KeyedHash? {
    let whole = KeyedHash(name, key: key)
    if families[whole] != nil { return whole }
    for (ending, types) in Self.endings where name.count > ending.count {
      let count = name.count - ending.count
      guard name.extracting(count..<name.count).equals(ending.span) else { continue }
      let stem = KeyedHash(name.extracting(0..<count), key: key)
      if let family = families[stem], types.contains(family.type) { return stem }
    }
    return nil
  }

  func family(_ key: KeyedHash) -> Family? { families[key] }

  mutating func helpIsSent(_ key: KeyedHash) { families[key]?.isHelpDue = false }

  private func bounded(_ text: Span<UInt8>) -> [UInt8] { text.count <= Self.textByteCountMax ? text.array : [] }

  /// Endings, and numbers of the types (remote write 1.0 and 2.0 share them) whose series have them.
  private static let endings: [([UInt8], ClosedRange<UInt64>)] = [
    ("_total", 1...1), ("_bucket", 3...4), ("_count", 3...5), ("_sum", 3...5), ("_created", 1...5), ("_gcount", 4...4),
    ("_gsum", 4...4), ("_info", 6...6),
  ].map { (Array(($0.0 as String).utf8), $0.1) }
}
