import Model

extension SettingInfo {
  /// The value written at `node`, in this setting's type and bounds.
  func value(of node: Node) throws(Diagnostics) -> ScalarValue {
    guard case .scalar(let text, let isPlain) = node.content else {
      throw Diagnostics([.mistyped(self, node, help: "write \(example)")])
    }
    let plain = isPlain ? PlainScalar(text) : .text
    if case .null = plain { throw Diagnostics([.missingValue(self, at: node.location)]) }
    let value: ScalarValue
    switch domain {
    case .boolean: value = try boolean(plain, node)
    case .integer, .oneOf: value = try integer(plain, node)
    case .number: value = try number(plain, node)
    case .duration: value = try duration(text, node)
    case .bytes, .cores: value = try quantity(text, node)
    case .text, .choice: value = try words(plain, text, node)
    }
    guard domain.accepts(value) else { throw Diagnostics([.outOfDomain(self, text, at: node.location)]) }
    return value
  }

  private var example: String { defaultValue.written }

  private func boolean(_ plain: PlainScalar, _ node: Node) throws(Diagnostics) -> ScalarValue {
    switch plain {
    case .boolean(let value): return .boolean(value)
    case .doubtfulBoolean(let value): throw Diagnostics([.mistyped(self, node, help: "write \(value)")])
    default:
      let meant = if case .scalar(let text, _) = node.content { PlainScalar(text.lowercased()) } else { plain }
      switch meant {
      case .boolean(let value), .doubtfulBoolean(let value):
        throw Diagnostics([.mistyped(self, node, help: "write \(value), without quotes")])
      default: throw Diagnostics([.mistyped(self, node, help: "write true or false")])
      }
    }
  }

  private func integer(_ plain: PlainScalar, _ node: Node) throws(Diagnostics) -> ScalarValue {
    switch plain {
    case .integer(let value): return .integer(value)
    case .hugeInteger:
      if case .scalar(let text, _) = node.content {
        throw Diagnostics([.outOfDomain(self, text, at: node.location)])
      }
      fallthrough
    default: throw Diagnostics([.mistyped(self, node, help: numberHelp(node, wholeOnly: true))])
    }
  }

  private func number(_ plain: PlainScalar, _ node: Node) throws(Diagnostics) -> ScalarValue {
    switch plain {
    case .integer(let value): return .number(Double(value))
    case .decimal(let value): return .number(value)
    case .hugeInteger:
      if case .scalar(let text, _) = node.content {
        throw Diagnostics([.outOfDomain(self, text, at: node.location)])
      }
      fallthrough
    default: throw Diagnostics([.mistyped(self, node, help: numberHelp(node, wholeOnly: false))])
    }
  }

  /// The number that was meant, however it was written.
  private func numberHelp(_ node: Node, wholeOnly: Bool) -> String {
    guard case .scalar(let text, let isPlain) = node.content else { return "write \(example)" }
    let value: Double? =
      switch PlainScalar(text) {
      case .integer(let value): Double(value)
      case .decimal(let value): value
      case .doubtfulNumber(let value): value
      default: nil
      }
    guard let value, abs(value) < 1e15, !wholeOnly || value == value.rounded() else {
      let unit = unit.map { " (\($0))" } ?? ""
      return wholeOnly ? "write a whole number\(unit), such as \(example)" : "write a number\(unit), such as \(example)"
    }
    return "write \(decimal(value))" + (isPlain ? "" : ", without quotes")
  }

  private func duration(_ text: String, _ node: Node) throws(Diagnostics) -> ScalarValue {
    if let duration = PrometheusDuration(text) { return .duration(duration) }
    let repaired = UnitRepair.duration(text).flatMap { PrometheusDuration($0) }
    let fitting = repaired.flatMap { domain.accepts(.duration($0)) ? $0.spelling : nil }
    if case .integer = PlainScalar(text) {
      let guess = withUnit(text, ["s", "m", "h", "d"]) { PrometheusDuration($0)?.scalar }
      throw Diagnostics([.unitMissing(self, text, guess, at: node.location)])
    }
    let grammar = "a duration is whole numbers with units, largest first: y, w, d, h, m, s, ms"
    throw Diagnostics([
      .wrongUnit(self, text, fitting.map { "write \($0)" } ?? "\(grammar); such as \(example)", at: node.location)
    ])
  }

  private func quantity(_ text: String, _ node: Node) throws(Diagnostics) -> ScalarValue {
    let isSize = if case .bytes = domain { true } else { false }
    let repaired = (isSize ? UnitRepair.bytes(text) : UnitRepair.cores(text)).flatMap { Quantity($0) }
    let fitting = repaired.flatMap { domain.accepts(.quantity($0)) ? $0.spelling : nil }
    let grammar =
      isSize
      ? "a size is a whole number with Ki, Mi, Gi, Ti, k, M, G or T"
      : "a number of cores is whole, or thousandths with m"
    let help = fitting.map { "write \($0)" } ?? "\(grammar); such as \(example)"
    let suffix = text.drop { $0.isASCII && $0.isNumber }
    if isSize, suffix.isEmpty, !text.isEmpty {
      let guess = fitting == nil ? withUnit(text, ["Mi", "Gi", "Ti"]) { Quantity($0)?.scalar } : help
      throw Diagnostics([.unitMissing(self, text, guess, at: node.location)])
    }
    let belongs = isSize ? suffix != "m" : suffix == "m" || suffix.isEmpty
    guard belongs, let quantity = Quantity(text) else {
      throw Diagnostics([.wrongUnit(self, text, help, at: node.location)])
    }
    return .quantity(quantity)
  }

  /// What to write for a bare number: with the unit of the default, or else the smallest that is in bounds.
  private func withUnit(_ text: String, _ units: [String], _ value: (String) -> ScalarValue?) -> String {
    let own = String(example.drop { !$0.isLetter })
    let spelled = ([own] + units).first { unit in value(text + unit).map { domain.accepts($0) } ?? false }
    return spelled.map { "write \(text)\($0)" } ?? "write it with its unit, such as \(example)"
  }

  private func words(_ plain: PlainScalar, _ text: String, _ node: Node) throws(Diagnostics) -> ScalarValue {
    guard case .text = plain else {
      if case .choice(let words) = domain, !words.contains(where: { $0.word == text }) {
        throw Diagnostics([.outOfDomain(self, text, at: node.location)])
      }
      throw Diagnostics([.mistyped(self, node, help: "put it into quotes: \"\(text.shown)\"")])
    }
    if text.unicodeScalars.contains(where: \.isNoText) {
      throw Diagnostics([.outOfDomain(self, text, at: node.location)])
    }
    return .text(text)
  }
}
