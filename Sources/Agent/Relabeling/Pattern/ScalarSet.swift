/// A set of Unicode scalars, as sorted ranges that neither touch nor overlap.
struct ScalarSet: Hashable, Sendable {
  private(set) var ranges: [ClosedRange<UInt32>] = []

  static let all = ScalarSet([0...0x10_ffff])
  static let digits = ScalarSet([0x30...0x39])
  static let word = ScalarSet([0x30...0x39, 0x41...0x5a, 0x5f...0x5f, 0x61...0x7a])
  static let space = ScalarSet([0x09...0x0a, 0x0c...0x0d, 0x20...0x20])

  /// - Parameter ranges: in any order.
  init(_ ranges: [ClosedRange<UInt32>]) {
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = self.ranges.last, range.lowerBound <= last.upperBound &+ 1 {
        self.ranges[self.ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        self.ranges.append(range)
      }
    }
  }

  init(_ scalar: UInt32) { ranges = [scalar...scalar] }

  /// The scalar, where there is exactly one.
  var only: UInt32? { ranges.count == 1 && ranges[0].count == 1 ? ranges[0].lowerBound : nil }

  func contains(_ scalar: UInt32) -> Bool {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= scalar
  }

  func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

  var inverted: ScalarSet {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= 0x10_ffff { result.append(next...0x10_ffff) }
    return ScalarSet(result)
  }

  /// The set with the other case of each scalar that has one (`(?i)`), by simple case mappings.
  var withBothCases: ScalarSet {
    var result = ranges
    for range in ranges {
      // Scripts with case end far below; what is larger than this is a negated class or a category.
      for value in range.prefix(0x2e00) {
        guard let scalar = Unicode.Scalar(value) else { continue }
        var variants = [scalar.mapped(\.lowercaseMapping), scalar.mapped(\.uppercaseMapping)]
        variants += variants.flatMap { [$0.mapped(\.lowercaseMapping), $0.mapped(\.uppercaseMapping)] }
        result += variants.map { $0.value...$0.value }
      }
    }
    // The Kelvin sign and the long s, which fold to ASCII.
    if contains(0x4b) || contains(0x6b) { result.append(0x212a...0x212a) }
    if contains(0x53) || contains(0x73) { result.append(0x17f...0x17f) }
    return ScalarSet(result)
  }

  /// A general category (`Lu`, `L`, `Nd`) or `Any`; nothing for another name.
  init?(category name: String) {
    if name == "Any" {
      self = .all
      return
    }
    guard !name.isEmpty, name.unicodeScalars.count <= 2 else { return nil }
    var found: [ClosedRange<UInt32>] = []
    for value in Self.assigned.joined() {
      guard let scalar = Unicode.Scalar(value),
        scalar.properties.generalCategory.abbreviation.hasPrefix(name)
      else { continue }
      if let last = found.last, last.upperBound + 1 == value {
        found[found.count - 1] = last.lowerBound...value
      } else {
        found.append(value...value)
      }
    }
    if "Co".hasPrefix(name) { found += [0xf_0000...0xf_fffd, 0x10_0000...0x10_fffd] }
    if found.isEmpty { return nil }
    ranges = found
  }

  /// Where scalars with a category are, the planes for private use aside.
  private static let assigned: [ClosedRange<UInt32>] = [0...0x3_ffff, 0xe_0000...0xe_0fff]
}

extension Unicode.Scalar {
  /// Its mapping, where that is one scalar; itself otherwise.
  fileprivate func mapped(_ mapping: (Unicode.Scalar.Properties) -> String) -> Unicode.Scalar {
    let text = mapping(properties).unicodeScalars
    return text.count == 1 ? text.first ?? self : self
  }
}

extension Unicode.GeneralCategory {
  /// As `\p` spells it. Unassigned scalars and surrogates are in no category there.
  fileprivate var abbreviation: String {
    switch self {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .privateUse: "Co"
    case .surrogate, .unassigned: ""
    @unknown default: ""
    }
  }
}
