/// What a discovery finds in one place: targets, and labels that they share.
public struct TargetGroup: Hashable, Sendable {
  /// Each with `__address__`, and with what is known of it in labels beginning with `__meta_`.
  public var targets: [Labels]
  /// For targets that haven't a label of the same name.
  public var labels: Labels

  public init(targets: [Labels], labels: Labels = Labels()) {
    self.targets = targets
    self.labels = labels
  }
}
