/// Where samples go beside the centre: places under `destinations`, each with a name that its queue keeps when everything else
/// about it changes, and with settings that mean what the centre's of the same name mean.
public struct Destination: Hashable, Sendable {
  public static let section = "destinations"
  /// The centre, among them all.
  public static let centre = "central"
  /// Of the disk's readers and of what they hold in memory.
  public static let countMax = 8
  /// Names of files, objects and volumes are made of it.
  public static let nameByteCountMax = 40

  public let name: String
  public let location: Location

  public init(_ name: String, at location: Location) {
    self.name = name
    self.location = location
  }

  public static func isName(_ name: String) -> Bool {
    TextFormat.dnsLabel.matches(name) && name.utf8.count <= nameByteCountMax && name != centre
  }

  /// The name of a destination's queue: of its file, on /metrics and in the log.
  public static func queueName(_ name: String) -> String { "remote_write_\(name)" }

  static func path(_ name: String, _ key: String) -> String { "\(section).\(name).\(key)" }
}

extension Settings {
  /// What a destination of its own is told, by its key: the centre's settings, but for those of the central Prometheus' volume.
  public static let ofDestination: [(key: String, info: SettingInfo)] = [
    ("kind", centralKind.info), ("url", centralURL.info), ("write_path", centralWritePath.info),
    ("auth", centralAuthentication.info), ("username", centralUsername.info), ("credentials", centralCredentials.info),
    ("tls", centralTLS.info), ("sigv4_region", centralSigningRegion.info), ("tenant", centralTenant.info),
    ("out_of_order_window", outOfOrderWindow.info), ("protocol", remoteWriteProtocol.info),
  ]

  /// The settings of the destination of that name, whether the model has it or not.
  public static func destination(_ name: String) -> [SettingInfo] {
    ofDestination.map { key, info in
      info.placed(at: Destination.path(name, key), "As \(info.path), for this destination")
    }
  }

  /// The setting at a path of the file.
  public static func at(_ path: String) -> SettingInfo? {
    if let info = byPath[path] { return info }
    guard let (name, central) = centralSetting(of: path) else { return nil }
    return destination(name).first { $0.path == Destination.path(name, key(of: central)) }
  }

  /// What `destinations.dr.url` is of `dr`: the centre's setting.
  static func centralSetting(of path: String) -> (name: String, info: SettingInfo)? {
    guard path.hasPrefix(Destination.section) else { return nil }
    let keys = path.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { String($0) ?? "" }
    guard keys.count == 3, keys[0] == Destination.section, Destination.isName(keys[1]),
      let info = ofDestination.first(where: { $0.key == keys[2] })?.info
    else { return nil }
    return (keys[1], info)
  }

  static func key(of info: SettingInfo) -> String { ofDestination.first { $0.info == info }?.key ?? "" }
}

extension SettingGroup {
  /// The settings of one destination.
  public static func destination(_ name: String) -> SettingGroup {
    SettingGroup(path: "\(Destination.section).\(name)", Settings.destination(name).map { ($0.keys.suffix(1), $0) })
  }
}
