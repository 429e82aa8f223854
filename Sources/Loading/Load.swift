public import Model

/// How many bytes a model file has at most; a reader of files may stop one byte later.
public let maximumModelSize = SourceText.maximumSize

/// Reads a model file.
///
/// - Parameters:
///   - bytes: the whole file.
///   - file: how messages call it.
/// - Throws: what keeps it from being read at all (no UTF-8, no YAML, no document). What is wrong with single settings is
///   in the result's `problems`, and thrown with everything else that an environment has wrong by `configuration(for:)`.
public func load(_ bytes: [UInt8], file: String) throws(Diagnostics) -> LoadedModel {
  let source = try SourceText(bytes, file: file)
  var findings = Findings()
  guard let root = try NodeBuilder.tree(of: source, &findings) else {
    findings.report(.noDocument(at: Location(file: file, line: 1, column: 1)))
    throw findings.failure
  }
  let decoder = ModelDecoder(root, &findings)
  return LoadedModel(file: file, problems: findings.all, decoder)
}

/// Reads a YAML file that isn't a model, under the same bounds.
/// - Throws: what is wrong with it.
public func loadDocument(_ bytes: [UInt8], file: String) throws(Diagnostics) -> Node {
  let source = try SourceText(bytes, file: file)
  var findings = Findings()
  guard let root = try NodeBuilder.tree(of: source, &findings) else {
    findings.report(.noDocument(at: Location(file: file, line: 1, column: 1)))
    throw findings.failure
  }
  let errors = findings.all.filter { $0.severity == .error }
  if !errors.isEmpty { throw Diagnostics(errors) }
  return root
}
