import JSON
import Testing

@Suite struct JSONTests {
  private func read(_ text: String) throws(JSONError) -> JSONDocument { try JSONDocument(reading: Array(text.utf8)) }

  @Test func readsEveryKind() throws {
    let value = try read(#" {"a": [1, -0.5e+3, true, false, null, "x"], "b": {}, "c": [], "a": 2} "#)
    #expect(
      value
        == .object([
          .init("a", .array([.number("1"), .number("-0.5e+3"), .boolean(true), .boolean(false), .null, .string("x")])),
          .init("b", .object([])), .init("c", .array([])), .init("a", .number("2")),
        ])
    )
    #expect(value["b"] == .object([]))
    #expect(value["d"] == nil)
    #expect(JSONDocument.null["a"] == nil)
  }

  @Test(arguments: [
    (#""""#, ""), (#""a\"\\\/\b\f\n\r\tz""#, "a\"\\/\u{8}\u{c}\n\r\tz"), (#""\u00e9\uD83D\uDE00""#, "é😀"),
    ("\"é\u{2028}\u{7f}\"", "é\u{2028}\u{7f}"), (#""\u0000""#, "\0"), (#""x\ty""#, "x\ty"),
  ])
  func readsStrings(text: String, value: String) throws {
    #expect(try read(text) == .string(value))
  }

  @Test(arguments: [
    "", " ", "nul", "nulll", "True", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "NaN", "[1,]", "[,]", "[1 2]",
    "[",
    "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{1:1}", "'a'", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\u123g\"",
    "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\\ud800\\ud800\"", "\"a\nb\"", "1 1", "{} x", "]",
    "\u{feff}1",
    "tru\u{e9}", "[1]]",
  ])
  func refusesWhatIsNotJSON(text: String) {
    #expect(throws: JSONError.self) { try read(text) }
    // Skipping is no less strict.
    #expect(throws: JSONError.self) {
      var reader = try JSONReader(Array(text.utf8))
      try reader.skip()
      try reader.end()
    }
  }

  @Test func refusesBytesThatAreNotUTF8() {
    for bytes in [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]] as [[UInt8]] {
      #expect(throws: JSONError.self) { try JSONDocument(reading: [0x22] + bytes + [0x22]) }
    }
  }

  @Test func readsNumbersExactly() throws {
    func reader(_ text: String) throws(JSONError) -> JSONReader { try JSONReader(Array(text.utf8)) }
    for (text, value) in [("9223372036854775807", Int.max), ("-9223372036854775808", .min), ("0", 0), ("-0", 0)] {
      var reader = try reader(text)
      #expect(try reader.integer() == value)
    }
    for text in ["9223372036854775808", "1.0", "1e2", "\"1\""] {
      var reader = try reader(text)
      let error = #expect(throws: JSONError.self) { try reader.integer() }
      #expect(error?.column == 1)
    }
    for (text, value) in [("0.1", 0.1), ("-0.0", -0.0), ("1e400", .infinity), ("5e-324", .leastNonzeroMagnitude)] {
      var reader = try reader(text)
      #expect(try reader.double().bitPattern == value.bitPattern)
    }
  }

  @Test func readsTimesInThousandths() throws {
    for (text, value) in [
      ("1735689600.501", 1_735_689_600_501), ("0", 0), ("-0.5", -500), ("12.25", 12_250), ("1e3", 1_000_000),
      ("0.0004", 0), ("0.0006", 1), ("999999999999.999", 999_999_999_999_999), ("1.5E-1", 150), ("1000000000000", nil),
    ] as [(String, Int64?)] {
      var reader = try JSONReader(Array("[ \(text) ]".utf8))
      #expect(try reader.beginArray())
      #expect(try reader.thousandths() == value, "\(text)")
      #expect(try !reader.nextElement())
      try reader.end()
    }
    for text in ["01", "1.", "-", ".5", "\"1\"", "1.5.2", ""] {
      #expect(throws: JSONError.self, "\(text)") {
        var reader = try JSONReader(Array(text.utf8))
        _ = try reader.thousandths()
        try reader.end()
      }
    }
  }

  @Test func readsAPointOrNothing() throws {
    for (time, value) in [
      ("1735689600.501", 1_735_689_600_501), ("0", 0), ("12.25", 12_250), ("0.5", 500),
      ("999999999999.999", 999_999_999_999_999), ("1000000000000", nil), ("-1", nil), ("1e3", nil), ("01", nil),
      ("1.", nil),
      (".5", nil), ("0.0006", nil), ("", nil), (" 1", nil),
    ] as [(String, Int64?)] {
      for (count, number) in [
        ("\"0\"", 0), ("\"012\"", 12), ("\"999999999999999\"", 999_999_999_999_999), ("\"1000000000000000\"", nil),
        ("\"1.5\"", nil), ("\"-1\"", nil), ("\"\"", nil), ("\"1", nil), ("1", nil), ("", nil),
      ] as [(String, Int?)] {
        let text = "[\(time),\(count)]"
        var reader = try JSONReader(Array(text.utf8))
        let point = reader.point()
        #expect(
          point?.thousandths == (number == nil ? nil : value) && point?.count == (value == nil ? nil : number),
          "\(text)"
        )
        // What isn't taken is still there.
        if point != nil { try reader.end() } else { #expect(try reader.peek() == .array, "\(text)") }
      }
    }
    for text in ["[1,\"2\"", "[1,\"2\" ]", "[1 ,\"2\"]", "[1", "[", "", "{}"] {
      var reader = try JSONReader(Array(text.utf8))
      #expect(reader.point() == nil, "\(text)")
    }
  }

  @Test func boundsDepthAndSize() throws {
    let nested = { (count: Int) in
      Array((String(repeating: "[", count: count) + String(repeating: "]", count: count)).utf8)
    }
    let limits = JSONReader.Limits(byteCountMax: 1000, depthMax: 10)
    #expect(throws: Never.self) { try JSONDocument(reading: nested(10), limits: limits) }
    #expect(throws: JSONError(expected: "at most 10 levels", line: 1, column: 12)) {
      try JSONDocument(reading: nested(11), limits: limits)
    }
    #expect(throws: JSONError(expected: "at most 1000 bytes", line: 1, column: 1)) {
      try JSONDocument(reading: nested(501), limits: limits)
    }
  }

  @Test func leavesItsDepthBehind() throws {
    var reader = try JSONReader(Array("[[1],[2],[3]]".utf8), limits: .init(depthMax: 2))
    var items: [Int] = []
    try reader.array { reader throws(JSONError) in
      try reader.array { reader throws(JSONError) in items.append(try reader.integer()) }
    }
    #expect(items == [1, 2, 3])
    reader = try JSONReader(Array("[[],[4]]".utf8), limits: .init(depthMax: 2))
    #expect(try reader.beginArray())
    repeat {
      guard try reader.beginArray() else { continue }
      repeat { items.append(try reader.integer()) } while try reader.nextElement()
    } while try reader.nextElement()
    try reader.end()
    #expect(items == [1, 2, 3, 4])
  }

  @Test func saysWhere() {
    #expect(throws: JSONError(expected: "a value", line: 2, column: 7)) { try read("{\n \"é\": x}") }
  }
}
