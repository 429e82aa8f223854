/// The settings as they nest in the model file: what the decoder, the schema and the documents walk.
public struct SettingGroup: Sendable {
  public enum Member: Sendable {
    case setting(SettingInfo)
    case group(SettingGroup)
  }

  /// `agent.resources`; empty at the top.
  public let path: String
  /// In the order of the table.
  public private(set) var members: [(key: String, member: Member)] = []
  private var indexes: [String: Int] = [:]

  public static let top = SettingGroup(path: "", Settings.all.map { ($0.keys[...], $0) })

  init(path: String, _ settings: [(keys: ArraySlice<String>, info: SettingInfo)]) {
    self.path = path
    var nested: [String: [(ArraySlice<String>, SettingInfo)]] = [:]
    var order: [(key: String, info: SettingInfo?)] = []
    for (keys, info) in settings {
      guard let key = keys.first else { preconditionFailure("BUG: a setting has a key") }
      if keys.count == 1 {
        order.append((key, info))
      } else {
        if nested[key] == nil { order.append((key, nil)) }
        nested[key, default: []].append((keys.dropFirst(), info))
      }
    }
    for (key, info) in order {
      let member: Member =
        if let info { .setting(info) } else { .group(SettingGroup(path: child(key), nested[key] ?? [])) }
      indexes[key] = members.count
      members.append((key, member))
    }
  }

  public subscript(_ key: String) -> Member? { indexes[key].map { members[$0].member } }

  /// The path of a key in this group, whether the group knows it or not.
  public func child(_ key: String) -> String { path.isEmpty ? key : path + "." + key }
}
