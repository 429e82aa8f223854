import Testing

@testable import Agent

@Suite struct RelabelPatternTests {
  @Test(
    arguments: [
      ("", ["": []], ["a"]),
      ("abc", ["abc": []], ["ab", "abcd", "xabc", ""]),
      ("a|b|", ["a": [], "b": [], "": []], ["ab", "c"]),
      (".*", ["": [], "a\nb": []], []),
      ("(.*)", ["": [""], "a\nb": ["a\nb"]], []),
      ("(.+)", ["x": ["x"], "ü": ["ü"]], [""]),
      ("node_(.*)", ["node_": [""], "node_x": ["x"]], ["node", "xnode_"]),
      ("([^:]+)(?::\\d+)?;(\\d+)", ["h:80;90": ["h", "90"], "h;90": ["h", "90"]], ["h:80;x", ":1;2"]),
      ("(a+)(a*)", ["aaa": ["aaa", ""]], [""]),
      ("(a+?)(a*)", ["aaa": ["a", "aa"]], [""]),
      ("(?U)(a+)(a*?)", ["aaa": ["a", "aa"]], []),
      ("(a|ab)(c|bcd)(d*)", ["abcd": ["a", "bcd", ""]], []),
      ("(a*)*", ["aa": ["aa"]], ["b"]),
      ("(a)|(b)", ["a": ["a", nil], "b": [nil, "b"]], ["ab"]),
      ("(?i)straße-k", ["STRAßE-\u{212a}": [], "strasse-k": []].filter { $0.key.contains("ß") }, ["strass-k"]),
      ("(?i:A)b", ["ab": [], "Ab": []], ["aB"]),
      ("a{2,3}", ["aa": [], "aaa": []], ["a", "aaaa"]),
      ("a{,3}", ["a{,3}": []], ["a"]),
      ("a{2}{", ["aa{": []], []),
      ("[^a-c]", ["d": [], "\n": [], "é": []], ["b", "de"]),
      ("[]a-]+", ["]-a": []], ["b"]),
      ("[[:^digit:][:digit:]]{2}", ["a1": []], ["a"]),
      ("[\\d_\\-x]+", ["1_-x": []], ["y"]),
      ("\\pL\\p{Nd}\\P{L}[\\p{^Lu}]", ["a1.b": []], ["a1.B", "11.b"]),
      ("\\x41\\x{e9}\\101\\t\\Qa.b\\E\\.", ["AéA\ta.b.": []], []),
      ("(?s-s:.)", ["a": []], ["\n"]),
      ("(?m)a$\n^b", ["a\nb": []], ["a\n"]),
      ("^\\Aa\\z$", ["a": []], []),
      ("\\ba\\b.\\Bb", [:], ["a.b"]),
      ("foo\\b.+", ["foo bar": []], ["foobar"]),
      ("(?P<host>[a-z]+)-(?<zone>.)", ["ab-c": ["ab", "c"]], []),
      ("(?:(?:a|b)*c){2}", ["abcc": []], ["abc"]),
    ] as [(String, [String: [String?]], [String])]
  ) func matches(pattern: String, matching: [String: [String?]], others: [String]) throws {
    let pattern = try RelabelPattern(pattern)
    for (text, captures) in matching {
      let bytes = Array(text.utf8)
      #expect(pattern.matches(bytes) && pattern.matchesSlowly(bytes), "\(text)")
      for found in [pattern.captures(bytes), pattern.capturesSlowly(bytes)] {
        #expect(
          found?.map { $0.lowerBound < 0 ? nil : String(decoding: bytes[$0], as: UTF8.self) } == captures,
          "\(text)"
        )
      }
    }
    for text in others {
      let bytes = Array(text.utf8)
      #expect(!pattern.matches(bytes) && !pattern.matchesSlowly(bytes), "\(text)")
      #expect(pattern.captures(bytes) == nil && pattern.capturesSlowly(bytes) == nil, "\(text)")
    }
  }

  @Test(
    arguments: [
      ("a(b", "a '(' that nothing closes", 1), ("ab)", "a ')' that closes nothing", 2),
      ("*a", "'*' repeats nothing", 0),
      ("a**", "a repetition of a repetition", 2), ("(a)\\1", "RE2 has no back-references", 3),
      ("(?=a)", "RE2 has no group that begins like this", 0),
      ("(?<!a)b", "a name of a group is letters, digits and '_' between '<' and '>'", 0),
      ("a[b", "a '[' that nothing closes", 1), ("[b-a]", "a range whose end comes before its start", 1),
      ("\\", "a backslash at the end", 0), ("\\y", "RE2 has no escape '\\y'", 0),
      ("a{1001}", "bounds of a repetition go up to 1000, the lower one first", 1),
      ("a{2,1}", "bounds of a repetition go up to 1000, the lower one first", 1),
      ("((a{1000}){1000}){1000}", "too large: its repetitions multiply", 0),
      ("\\p{Greek}", "'Greek' is no general category; scripts aren't known here", 0),
      ("[[:odd:]]", "there is no class '[:odd:]'", 1),
      ("(?P<a>x)(?P<a>y)", "two groups are called 'a'", 8), ("\\x{110000}", "RE2 has no escape '\\x'", 0),
      (String(repeating: "(", count: 200), "groups more than 100 deep", 100),
    ] as [(String, String, Int)]
  ) func refuses(pattern: String, message: String, offset: Int) {
    #expect(throws: PatternFailure(message: message, offset: offset)) { try RelabelPattern(pattern) }
  }

  /// What takes a matcher with backtracking longer than the universe exists.
  @Test(arguments: ["(a+)+b", "(a|a)*b", "(.*)(.*)(.*)(.*)(.*)(.*)x", "(a?){1000}a{1000}"]) func timeIsBounded(
    pattern: String
  ) throws {
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: 2000)
    _ = try RelabelPattern(pattern).matches(text)
  }

  /// Against the standard library's matcher, which knows nothing of this one.
  @Test(arguments: 1...60 as ClosedRange<UInt64>) func agreesWithTheStandardLibrary(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      let text = Self.pattern(depth: 3, &random)
      let pattern = try RelabelPattern(text)
      let oracle = try Regex("(?s)(?:\(text))").matchingSemantics(.unicodeScalar)
      for _ in 0..<12 {
        let value = String(
          (0..<Int.random(in: 0...6, using: &random)).map { _ in "abc\n".randomElement(using: &random)! }
        )
        let bytes = Array(value.utf8)
        let wanted = try oracle.wholeMatch(in: value)
        #expect(
          pattern.matches(bytes) == (wanted != nil),
          "\(text.debugDescription) \(value.debugDescription) seed \(seed)"
        )
        let captures = pattern.captures(bytes)?.map {
          $0.lowerBound < 0 ? nil : String(decoding: bytes[$0], as: UTF8.self)
        }
        let wantedCaptures = wanted.map { match in
          match.output.dropFirst().map { $0.substring.map { String($0) } }
        }
        #expect(captures == wantedCaptures, "\(text.debugDescription) \(value.debugDescription) seed \(seed)")
      }
    }
  }

  /// A pattern whose repetitions repeat something that isn't empty: of the empty ones, engines capture different things.
  private static func pattern(depth: Int, _ random: inout SeededGenerator) -> String {
    if depth == 0 { return ["a", "b", "c", "ab", ".", "[ab]", "[^a]", "\\n"].randomElement(using: &random)! }
    let one = pattern(depth: depth - 1, &random)
    let other = pattern(depth: depth - 1, &random)
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return one + other
    case 1: return "(?:\(one)|\(other))"
    case 2: return "(\(one))\(other)"
    case 3: return "(\(one)|\(other))"
    case 4:
      return ["a", "[bc]", ".", "(?:ab)"].randomElement(using: &random)! + ["*", "+", "?", "*?", "+?", "??"]
        .randomElement(using: &random)! + other
    case 5:
      return "(" + ["a", "b", "."].randomElement(using: &random)! + ["*", "+", "?"].randomElement(using: &random)! + ")"
        + other
    case 6: return one + ["c{2}", "a{1,2}", "b{0,2}?"].randomElement(using: &random)!
    default: return "(?:\(one))" + other
    }
  }
}
