extension Configuration {
  /// The names of all destinations, the centre first, then by the alphabet.
  public var destinationNames: [String] { [Destination.centre] + destinations.map(\.name) }

  /// The same model with one of its destinations in the centre's place: what is written about the way to the centre then holds for the
  /// way there. What nobody wrote for it has its default, not what the centre has; the protocol alone follows the centre's.
  public func toward(_ name: String) -> Configuration {
    if name == destinationName { return self }
    return replacingCentre(by: name)
  }

  /// Whether there is such a setting here: those of a destination are with it.
  public func has(_ info: SettingInfo) -> Bool {
    guard let (name, _) = Settings.centralSetting(of: info.path) else { return true }
    return destinations.contains { $0.name == name }
  }

  /// The setting's path as its destination has it in the file.
  public func path(of info: SettingInfo) -> String {
    let key = destinationName == Destination.centre ? "" : Settings.key(of: info)
    return key.isEmpty ? info.path : Destination.path(destinationName, key)
  }

  /// Where the destination's requests go: `central.url` and `central.write_path`.
  public var writeURL: String { self[Settings.centralURL] + self[Settings.centralWritePath] }
}
