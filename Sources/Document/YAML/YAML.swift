/// A document in YAML's block style, with the same meaning to a reader of YAML 1.1 and of 1.2 (yaml.org/spec/1.1,
/// yaml.org/spec/1.2.2). `header` becomes comment lines at the top.
///
/// Style is decided by literals and by the kinds of slots, never by a slot's value: printing a tree with holes and
/// then filling them gives the same bytes as printing the tree that has the values. The slots of the tree are slots of the
/// text, so a line knows the settings on it; a value on a line of its own names them in a comment at its end.
///
/// - Parameter namesOrigins: whether those comments are wanted; a file whose keys are the settings says it once already.
@specialized(where H == Never)
@specialized(where H == Expression)
public func yaml<H>(_ tree: Tree<H>, header: [String] = [], namesOrigins: Bool = true) -> Text<H> {
  var printer = YAMLPrinter<H>(namesOrigins: namesOrigins)
  printer.printComment(header, indent: 0)
  printer.printRoot(tree)
  return printer.output.finish()
}

/// Documents as one stream, each below a line with the path it would have as a file.
public func yamlStream(_ documents: [(source: String, text: Text<Never>)]) -> Text<Never> {
  var stream = YAMLPrinter<Never>()
  for (source, text) in documents {
    stream.output.append("---\n")
    stream.printComment(["Source: " + source], indent: 0)
    stream.output.append(text)
  }
  return stream.output.finish()
}
