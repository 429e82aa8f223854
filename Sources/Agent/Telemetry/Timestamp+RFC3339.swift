extension Timestamp {
  /// Reads a time as RFC 3339 has it, whole seconds at least, of 1970 or later.
  public init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int64? {
      guard bytes.count >= range.upperBound, bytes[range].allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      return Int64(String(decoding: bytes[range], as: UTF8.self))
    }
    func isAt(_ index: Int, _ characters: String) -> Bool {
      bytes.indices.contains(index) && characters.utf8.contains(bytes[index])
    }
    guard let year = number(0..<4), isAt(4, "-"), let month = number(5..<7), isAt(7, "-"), let day = number(8..<10),
      isAt(10, "Tt "), let hour = number(11..<13), isAt(13, ":"), let minute = number(14..<16), isAt(16, ":"),
      let second = number(17..<19), year >= 1970, (1...12).contains(month), (1...31).contains(day), hour < 24,
      minute < 60,
      second <= 60
    else { return nil }
    var rest = bytes[19...]
    var fraction: Int64 = 0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      if digits.isEmpty { return nil }
      fraction = Int64(String(decoding: (digits + Array("00".utf8)).prefix(3), as: UTF8.self)) ?? 0
      rest = rest.dropFirst(1 + digits.count)
    }
    var offset: Int64 = 0
    switch rest.first {
    case UInt8(ascii: "Z") where rest.count == 1, UInt8(ascii: "z") where rest.count == 1: break
    case UInt8(ascii: "+") where rest.count == 6, UInt8(ascii: "-") where rest.count == 6:
      let start = rest.startIndex
      guard let hours = number(start + 1..<start + 3), isAt(start + 3, ":"), let minutes = number(start + 4..<start + 6)
      else { return nil }
      offset = (hours * 60 + minutes) * (rest.first == UInt8(ascii: "-") ? -60 : 60)
    default: return nil
    }
    let days = HTTPDate.daysSince1970(year: year, month: Int(month), day: day)
    self.init(milliseconds: (days * 86_400 + hour * 3600 + minute * 60 + second - offset) * 1000 + fraction)
  }
}
