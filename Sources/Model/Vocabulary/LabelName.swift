/// Names of labels.
public enum LabelName {
  /// For JSON Schema; the names every Prometheus knows, those that begin with `__` being its own.
  public static let pattern = "^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$"

  /// Whether a sample can have a label of that name.
  ///
  /// Source: Prometheus data model, "Metric names and labels". UTF-8 names (3.0) would need quotes in every query.
  public static func isValid(_ name: String) -> Bool {
    guard let first = name.utf8.first, !name.hasPrefix("__") else { return false }
    return isLetter(first) && name.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte == UInt8(ascii: "_")
  }

  /// The external labels that are ours, with what sets each.
  public static let reserved = [
    "cluster": "the setting cluster_name", "node": "the node that the agent runs on",
    "environment": "the environment that is rendered",
  ]
}
