/// Every setting of the model, by group: one file a group, one table of them all.
///
/// Names and defaults of the first six are the specification's module variables, verbatim; the other defaults are its
/// figures where it has them, else upstream's or ours, as each setting's `source` says.
public enum Settings {
  public static let all: [SettingInfo] = [
    switches, collection, remoteWrite, load, central, queue, detector, sync, alerts, drills, agent, images, network,
    aws, prices,
  ].flatMap { $0 }

  public static let byPath: [String: SettingInfo] = Dictionary(uniqueKeysWithValues: all.map { ($0.path, $0) })

  /// The ones that are Terraform variables.
  public static let variables: [SettingInfo] = all.filter { !$0.isStructural }
}
