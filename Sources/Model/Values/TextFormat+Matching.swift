extension TextFormat {
  /// Whether `text` is of this format; agrees with `pattern`.
  public func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)[...]
    return switch self {
    case .dnsLabel:
      bytes.count <= 63 && bytes.first.map(isLowerOrDigit) == true && bytes.last.map(isLowerOrDigit) == true
        && bytes.allSatisfy { isLowerOrDigit($0) || $0 == UInt8(ascii: "-") }
    case .clusterName: bytes.count <= 100 && bytes.first.map(isAlphanumeric) == true && bytes.allSatisfy(isIn("-_"))
    case .name: bytes.count <= 100 && bytes.first.map(isAlphanumeric) == true && bytes.allSatisfy(isIn("-_./"))
    case .kmsAlias:
      dropping("alias/", from: bytes).map { (1...94).contains($0.count) && $0.allSatisfy(isIn("-_/")) } == true
    case .httpURL: matchesURL(bytes, hostLengthMax: 253)
    case .urlPath: matchesURLPath(bytes)
    case .httpURLs: text == "none" || matchesURLs(bytes)
    case .cidr: matchesCIDR(bytes)
    case .path: matchesPath(bytes)
    case .image: matchesImage(bytes)
    case .awsSchedule: matchesSchedule(bytes)
    case .line:
      (1...200).contains(text.unicodeScalars.count)
        && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) }
    }
  }
}

private typealias Bytes = ArraySlice<UInt8>

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
private func isLowerOrDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x7a).contains(byte) }
private func isAlphanumeric(_ byte: UInt8) -> Bool { isLowerOrDigit(byte) || (0x41...0x5a).contains(byte) }

private func isIn(_ punctuation: StaticString) -> (UInt8) -> Bool {
  let others = Array(punctuation.description.utf8)
  return { isAlphanumeric($0) || others.contains($0) }
}

private func dropping(_ prefix: String, from bytes: Bytes) -> Bytes? {
  bytes.starts(with: prefix.utf8) ? bytes.dropFirst(prefix.utf8.count) : nil
}

private func matchesURL(_ bytes: Bytes, hostLengthMax: Int) -> Bool {
  guard let rest = dropping("https://", from: bytes) ?? dropping("http://", from: bytes) else { return false }
  let host = rest.prefix(while: isIn("-."))
  guard let first = host.first, let last = host.last, isAlphanumeric(first), isAlphanumeric(last),
    host.count <= hostLengthMax
  else { return false }
  var after = rest.dropFirst(host.count)
  if after.first == UInt8(ascii: ":") {
    let port = after.dropFirst().prefix(while: isDigit)
    guard (1...5).contains(port.count) else { return false }
    after = after.dropFirst(1 + port.count)
  }
  return after.isEmpty
    || after.first == UInt8(ascii: "/") && after.last != UInt8(ascii: "/") && after.allSatisfy(isIn("-_.~/"))
}

private func matchesURLPath(_ bytes: Bytes) -> Bool {
  let path = bytes.prefix(while: isIn("-_.~/:"))
  guard path.first == UInt8(ascii: "/"), path.count <= 200 else { return false }
  let rest = bytes.dropFirst(path.count)
  guard rest.first == UInt8(ascii: "?") else { return rest.isEmpty }
  let query = rest.dropFirst()
  return (1...200).contains(query.count) && query.allSatisfy(isIn("-_.~/:=&%+"))
}

private func matchesURLs(_ bytes: Bytes) -> Bool {
  let parts = bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
  return parts.count <= 5 && parts.allSatisfy { matchesURL($0, hostLengthMax: .max) }
}

private func matchesCIDR(_ bytes: Bytes) -> Bool {
  let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  guard parts.count == 2, (1...2).contains(parts[1].count), parts[1].allSatisfy(isDigit) else { return false }
  let groups = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  return groups.count == 4 && groups.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(isDigit) }
}

private func matchesPath(_ bytes: Bytes) -> Bool {
  guard bytes.first == UInt8(ascii: "/") else { return false }
  return bytes.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
    part.first.map { isAlphanumeric($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") } == true
      && part.allSatisfy(isIn("-_."))
  }
}

private func matchesImage(_ bytes: Bytes) -> Bool {
  func isName(_ name: Bytes) -> Bool {
    name.first.map(isLowerOrDigit) == true
      && name.allSatisfy { isLowerOrDigit($0) || "-._/:".utf8.contains($0) }
  }
  if let at = bytes.firstIndex(of: UInt8(ascii: "@")) {
    guard let digest = dropping("@sha256:", from: bytes[at...]) else { return false }
    return isName(bytes[..<at]) && digest.count == 64
      && digest.allSatisfy { isDigit($0) || (0x61...0x66).contains($0) }
  }
  // Any colon may be the one before the tag; the last is the only one with no colon in what follows.
  guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")) else { return false }
  let tag = bytes[(colon + 1)...]
  return isName(bytes[..<colon]) && (1...128).contains(tag.count) && tag.allSatisfy(isIn("-_."))
    && tag.first.map { isAlphanumeric($0) || $0 == UInt8(ascii: "_") } == true
}

private func matchesSchedule(_ bytes: Bytes) -> Bool {
  guard let rest = dropping("cron(", from: bytes) ?? dropping("rate(", from: bytes), rest.last == UInt8(ascii: ")")
  else { return false }
  let inner = rest.dropLast()
  return (1...80).contains(inner.count) && inner.allSatisfy(isIn("- ,?*/#"))
}
