extension Check {
  /// Flags, fields and metric names are those of `prometheus_version`; the image must be of it. A tag that names no
  /// version, or a digest without tag, can't be checked.
  static let prometheusImage = Check(of: Settings.prometheusImage.info, Settings.prometheusVersion.info) { model in
    guard model[Settings.collector].hasPrometheus else { return [] }
    let tag = tag(of: model[Settings.prometheusImage])
    if tag.contains("distroless") { return [.imageWithoutTools(model)] }
    guard let version = minorVersion(of: tag) else { return [] }
    return version == model[Settings.prometheusVersion].description ? [] : [.imageOfOtherVersion(version, model)]
  }

  private static func tag(of image: String) -> Substring {
    let name = image.prefix { $0 != "@" }
    let last = name.split(separator: "/").last ?? ""
    return last.firstIndex(of: ":").map { last[last.index(after: $0)...] } ?? ""
  }

  /// `v3.5.0-busybox` → `3.5`.
  private static func minorVersion(of tag: Substring) -> String? {
    let parts = (tag.hasPrefix("v") ? tag.dropFirst() : tag).split(separator: ".", maxSplits: 2)
    guard parts.count >= 2, let major = Int(parts[0]), let minor = Int(parts[1].prefix { $0.isASCII && $0.isNumber })
    else { return nil }
    return "\(major).\(minor)"
  }
}
