/// Goes through a tree in Prometheus' vocabulary and says what is wrong with it.
struct VocabularyWalk {
  private(set) var problems: [Diagnostic] = []

  /// Everything that doesn't depend on the release.
  static func problems(of node: Node, _ vocabulary: Vocabulary) -> [Diagnostic] {
    var walk = VocabularyWalk()
    walk.look(at: node, vocabulary)
    return walk.problems
  }

  private mutating func look(at node: Node, _ vocabulary: Vocabulary) {
    guard case .mapping(let pairs) = node.content else {
      problems.append(.notAnObject(vocabulary.title, node))
      return
    }
    let before = problems.count
    for pair in pairs {
      if let field = vocabulary[pair.key] {
        look(at: pair.value, field.kind, of: pair, vocabulary)
      } else {
        problems.append(.unknownField(pair.key, of: vocabulary, at: pair.keyLocation))
      }
    }
    for field in vocabulary.fields where field.isRequired && node[field.name] == nil {
      problems.append(.missingField(field.name, of: vocabulary, at: node.location))
    }
    if problems.count == before { problems += vocabulary.alsoChecked(node) }
  }

  private mutating func look(at node: Node, _ kind: Vocabulary.Kind, of pair: Node.Pair, _ vocabulary: Vocabulary) {
    switch kind {
    case .object(let nested): look(at: node, nested)
    case .list(let item):
      guard case .sequence(let items) = node.content else {
        problems.append(.mistypedField(pair.key, "a list", node, help: "begin each item with '- '"))
        return
      }
      for node in items { look(at: node, item, of: pair, vocabulary) }
    case .map(let value):
      guard case .mapping(let entries) = node.content else {
        problems.append(.mistypedField(pair.key, "a mapping", node, help: "write 'key: value' on lines below it"))
        return
      }
      for entry in entries { look(at: entry.value, value, of: entry, vocabulary) }
    case .labels: lookAtLabels(node, pair.key)
    case .secret(let instead): problems.append(.inlineSecret(pair.key, instead, at: pair.keyLocation))
    case .opaque: lookForSecrets(in: node)
    case .text, .url, .boolean, .neverTrue, .count, .number, .duration, .size, .word:
      if let problem = scalarProblem(of: node, kind, pair.key) { problems.append(problem) }
    }
  }

  private mutating func lookAtLabels(_ node: Node, _ key: String) {
    guard case .mapping(let labels) = node.content else {
      problems.append(
        .mistypedField(key, "a mapping of label names to values", node, help: "write 'name: value' below it")
      )
      return
    }
    for label in labels {
      if !LabelName.isValid(label.key) && !label.key.hasPrefix("__") {
        problems.append(.labelName(label.key, at: label.keyLocation))
      }
      if let problem = scalarProblem(of: label.value, .text, label.key) { problems.append(problem) }
    }
  }

  private func scalarProblem(of node: Node, _ kind: Vocabulary.Kind, _ key: String) -> Diagnostic? {
    guard case .scalar(let text, let isPlain) = node.content else {
      return .mistypedField(key, kind.expectation, node, help: "write one value")
    }
    let plain = isPlain ? PlainScalar(text) : .text
    if case .null = plain { return .fieldWithoutValue(key, at: node.location) }
    let isRight: Bool
    switch (kind, plain) {
    case (.url, _):
      let authority = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(2).first
      return authority?.contains("@") == true ? .secretInURL(key, at: node.location) : nil
    case (.boolean, .boolean), (.number, .decimal), (.number, .integer): isRight = true
    case (.neverTrue(let instead), .boolean(let value)):
      return value ? .neverTrue(key, instead, at: node.location) : nil
    case (.count, .integer(let value)): isRight = value >= 0
    case (.duration, _): isRight = text == "0" || PrometheusDuration(text) != nil
    case (.size, _): isRight = Self.isSize(text)
    case (.word(let words), _):
      return words.contains { $0.word == text } ? nil : .unknownWord(text, of: key, words, node)
    case (.text, _): isRight = true
    default: isRight = false
    }
    return isRight ? nil : .mistypedField(key, kind.expectation, node, help: kind.advice)
  }

  /// `10MB`, `512KiB`; a bare number of bytes too.
  ///
  /// Source: alecthomas/units `ParseBase2Bytes`, which Prometheus reads sizes with.
  private static func isSize(_ text: String) -> Bool {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let units = ["", "B", "KB", "MB", "GB", "TB", "PB", "EB", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    return !digits.isEmpty && digits.count < 19 && units.contains(String(text.dropFirst(digits.count)))
  }

  /// Names under which Prometheus' service discoveries take secrets (`config.Secret` in discovery/).
  private static let secretNames: Set = [
    "password", "secret", "secret_key", "client_secret", "token", "bearer_token", "auth_token", "credentials",
    "private_key", "key_passphrase", "service_account_key", "application_secret", "application_credential_secret",
    "consumer_key",
  ]

  /// Without recursion's risk: the tree is at most 32 deep.
  private mutating func lookForSecrets(in node: Node) {
    for item in node.items { lookForSecrets(in: item) }
    for pair in node.pairs {
      if Self.secretNames.contains(pair.key) {
        problems.append(.inlineSecret(pair.key, nil, at: pair.keyLocation))
      } else if pair.key == "insecure_skip_verify", pair.value.text == "true" {
        problems.append(.neverTrue(pair.key, "name the authority in 'ca_file'", at: pair.value.location))
      } else {
        lookForSecrets(in: pair.value)
      }
    }
  }
}

extension Vocabulary.Kind {
  /// What it takes, for a sentence "… must be …".
  fileprivate var expectation: String {
    switch self {
    case .boolean, .neverTrue: "true or false"
    case .count: "a whole number"
    case .number: "a number"
    case .duration: "a duration"
    case .size: "a size"
    case .word(let words): "one of " + words.map(\.word).joined(separator: ", ")
    case .text, .url, .labels, .list, .map, .object, .secret, .opaque: "text"
    }
  }

  fileprivate var advice: String {
    switch self {
    case .boolean, .neverTrue: "write true or false, without quotes"
    case .count: "write digits only, without quotes"
    case .number: "write it in decimals, without quotes"
    case .duration: "write whole numbers with units, such as 15s or 1h30m"
    case .size: "write a whole number with a unit, such as 10MB"
    default: "write \(expectation)"
    }
  }
}
