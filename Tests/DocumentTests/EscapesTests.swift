import Document
import Foundation
import Testing

@Suite struct EscapesTests {
  /// Terraform encodes what a plan fills in, we encode what we bake; both must be the same bytes.
  @Test func jsonStringsAreThoseOfTerraform() throws {
    var random = Randomness()
    var strings = AdversarialStrings.known
    for _ in 0..<3000 { strings.append(AdversarialStrings.randomScalars(using: &random)) }
    // Terraform leaves characters bare that YAML can't hold, and normalizes strings: those that go in and those that it encodes, where
    // an accent after a line break turns `\n` into `\ń`.
    strings = strings.map(\.precomposedStringWithCanonicalMapping)
      .filter { string in
        let quoted = quotedAsJSON(string)
        return quoted.utf8.elementsEqual(quoted.precomposedStringWithCanonicalMapping.utf8)
          && string.unicodeScalars.allSatisfy {
            !(0x7f...0x9f).contains($0.value) && !(0xfffe...0xffff).contains($0.value)
          }
      }
    #expect(strings.count > 2000)

    let directory = try ForeignProgram.scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    // ASCII, since what `file` reads is normalized, too.
    let input = "[" + strings.map { "\"" + $0.utf16.map(Self.escape).joined() + "\"" }.joined(separator: ",") + "]"
    try Data(input.utf8).write(to: directory.appendingPathComponent("strings.json"))
    let expression = "base64encode(jsonencode(jsondecode(file(\"strings.json\"))))\n"
    let output = try ForeignProgram.run(["terraform", "console"], input: Data(expression.utf8), in: directory)
    let base64 = String(decoding: output, as: UTF8.self).split(separator: "\"").first { $0.count > 1000 }
    let encoded = try #require(base64.flatMap { Data(base64Encoded: String($0)) })
    let ours = "[" + strings.map(quotedAsJSON).joined(separator: ",") + "]"
    #expect(Array(encoded) == Array(ours.utf8), "seed \(random.seed)")
  }

  private static func escape(_ unit: UInt16) -> String { "\\u" + String(format: "%04x", Int(unit)) }

  @Test func charactersThatYAMLCantHoldAreEscaped() {
    #expect(quotedAsJSON("\u{7f}\u{80}\u{85}\u{9f}\u{fffe}\u{ffff}") == #""\u007f\u0080\u0085\u009f\ufffe\uffff""#)
  }

  @Test func jsonQuotingJoinsLikeStrings() {
    var random = Randomness()
    for _ in 0..<500 {
      let (left, right) = (AdversarialStrings.random(using: &random), AdversarialStrings.random(using: &random))
      let joined = quotedAsJSON(left).unicodeScalars.dropLast() + quotedAsJSON(right).unicodeScalars.dropFirst()
      let whole = quotedAsJSON(String(decoding: Array(left.utf8) + Array(right.utf8), as: UTF8.self))
      #expect(Array(whole.unicodeScalars) == Array(joined), "seed \(random.seed)")
    }
  }

  /// Go's text/template: text up to the leftmost `{{`, then an action up to `}}`. Ours print one quoted string.
  private func executed(goTemplate template: String, value: String) -> String? {
    var result = ""
    var rest = template[...]
    while let opening = rest.range(of: "{{", options: .literal) {
      result += rest[..<opening.lowerBound]
      guard let closing = rest.range(of: "}}", options: .literal, range: opening.upperBound..<rest.endIndex) else {
        return nil
      }
      switch rest[opening.upperBound..<closing.lowerBound] {
      case " \"{\" ": result += "{"
      case " $value ": result += value
      default: return nil
      }
      rest = rest[closing.upperBound...]
    }
    return result + rest
  }

  @Test(arguments: [
    "", "{", "{{", "{{{", "{{{{{", "}}", "{ {", "{{ x }}", "{{- x -}}", "a{", "{{/*", "{{\"", "{{`", "é{\u{301}",
  ])
  func goTemplateLiteralsPrintThemselvesWhateverFollows(string: String) {
    let literal = escapedForGoTemplate(string)
    #expect(executed(goTemplate: literal, value: "") == string)
    #expect(executed(goTemplate: literal + "{{ $value }}" + literal, value: "7") == string + "7" + string)
  }

  @Test func piecesOfATextAreEscapedAlone() {
    let value: Term<String, Formula> = .hole(.value(.text("\"{{\\\n")), from: ["a"])
    let text: Text<Formula> = "x{\"\(value)"
    #expect(text.goTemplateLiteral.filled == "x{{ \"{\" }}\"\"{{ \"{\" }}{{ \"{\" }}\\\n")
    #expect(text.promQLEscaped.filled == #"x{\""# + #"\"{{\\\n"#)
    #expect(text.promQLEscaped.origins == ["a"])
    let number: Text<Formula> = "{\(Term<Int, Formula>.known(5))"
    #expect(number.promQLEscaped == number)
  }

  @Test func replacementScansOnceAndByBytes() {
    #expect(replacing("aa", in: "aaaa", with: "a") == "aa")
    #expect(replacing("aa", in: "aaa", with: "b") == "ba")
    #expect(replacing("e", in: "e\u{301}", with: "x").utf8.elementsEqual("x\u{301}".utf8))
    #expect(replacing("é", in: "e\u{301}", with: "x").utf8.elementsEqual("e\u{301}".utf8))
    #expect(replacing("", in: "a", with: "b") == "a")
    #expect(replacing("abc", in: "ab", with: "") == "ab")
  }

  @Test func numbersHaveNoExponentAndReadBackAsThemselves() throws {
    var random = Randomness()
    var numbers: [Double] = [
      0, -0.0, 1, -1, 0.1, 0.5, 1e15, 1e16, 1.5e15, 9_007_199_254_740_994, 1e17, 1e18, 9.3e18, 1e19, 1e21, 1e22, 1e-5,
      1e-4, 123e-7,
      .leastNonzeroMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNormalMagnitude, 0.000_123_4,
      1e15 + 0.5,
    ]
    while numbers.count < 5000 {
      let number =
        random.chance(0.5)
        ? Double(bitPattern: random.next()) : Double(Int.random(in: -999_999...999_999, using: &random)) / 1000
      if number.isFinite { numbers.append(number) }
    }
    let lines = numbers.map { "\($0) \(spelledNumber($0))" }.joined(separator: "\n")
    let output = try ForeignProgram.python("check_decimals.py", input: Data(lines.utf8))
    #expect(String(decoding: output, as: UTF8.self) == "\(numbers.count)\n", "seed \(random.seed)")
  }
}
