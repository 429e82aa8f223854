extension Vocabulary {
  /// `rule`, of an alert or a recording.
  public static let rule = Vocabulary(
    "rule",
    [
      .field("alert", .text),
      .field("record", .text),
      .field("expr", .text, isRequired: true),
      .field("for", .duration),
      .field("keep_firing_for", .duration),
      .field("labels", .labels),
      .field("annotations", .map(.text)),
    ],
    alsoChecked: Rule.problems
  )
}
