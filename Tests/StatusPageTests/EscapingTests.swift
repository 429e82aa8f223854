import Agent
import Document
import Foundation
import Testing

@testable import StatusPage

@Suite struct EscapingTests {
  /// The page without its texts, and without what stands between quotes: tags and the names of attributes, as a browser would see them.
  private static func skeleton(_ html: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var isInTag = false
    var isQuoted = false
    for byte in html {
      if !isInTag { isInTag = byte == UInt8(ascii: "<") }
      if byte == UInt8(ascii: "\""), isInTag { isQuoted.toggle() }
      if isInTag, !isQuoted { result.append(byte) }
      if byte == UInt8(ascii: ">"), !isQuoted { isInTag = false }
    }
    return result
  }

  private static let calm = skeleton(StatusPage(Sample.agent(saying: "calm")).html)

  /// Seeded: a failure prints what to run again.
  @Test(arguments: 0..<100)
  func noTextBecomesMarkup(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "<", ">", "\"", "'", "&", "&lt;", "&#60;", "</title>", "</style>", "</script>", "<!--", "-->", "]]>",
      "<img src=x>", "=", " onload=",
      "javascript:", "`", "\\", "\u{0}", "\u{1b}", "\u{85}", "\u{202e}", "\u{2028}", "\u{feff}", "\u{ffff}",
      "\u{10ffff}", "e\u{301}", "\r\n", "\u{1f600}",
    ]
    let text = (0..<Int.random(in: 1...12, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? ""
    }.joined()
    let page = StatusPage(Sample.agent(saying: text)).html
    #expect(Self.skeleton(page) == Self.calm, "seed \(seed): \(text.debugDescription)")
    let unfit = String(decoding: page, as: UTF8.self).unicodeScalars.filter {
      $0.value < 0x20 && $0 != "\n" || (0x7f...0x9f).contains($0.value) || (0x202a...0x202e).contains($0.value)
    }
    #expect(unfit.isEmpty, "seed \(seed)")
  }

  @Test func textIsEscapedInContentAndInAttributes() {
    var writer = HTMLWriter()
    writer.write(Tag.p(.label("a\"b<c"), text: "<a href='x'>&\u{202e}\u{0}"))
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == "<p aria-label=\"a&quot;b&lt;c\">&lt;a href=&#39;x&#39;&gt;&amp;\u{fffd}\u{fffd}</p>"
    )
  }

  @Test func noSecretIsShown() {
    for agent in [Sample.cutOff, Sample.severalDestinations, Sample.healthy] {
      let page = String(decoding: StatusPage(agent).html, as: UTF8.self)
      #expect(!page.contains("hidden@") && !page.contains("=hidden") && page.contains("a.example:9100/metrics"))
    }
  }

  /// A browser runs and applies nothing whose hash isn't in the header.
  @Test(arguments: Asset.allCases)
  func assetsHaveTheHashesThatAreSent(asset: Asset) throws {
    let hexadecimal = SHA256.hexDigest(of: asset.bytes)
    let digest = stride(from: 0, to: 64, by: 2).compactMap { index in
      UInt8(hexadecimal.dropFirst(index).prefix(2), radix: 16)
    }
    #expect(asset.hash == "sha256-" + Data(digest).base64EncodedString())
    let policy = try #require(StatusPage.headers.first { $0.name == "content-security-policy" }?.value)
    #expect(policy.contains("'\(asset.hash)'") && !policy.contains("unsafe"))
    let text = String(decoding: asset.bytes, as: UTF8.self)
    #expect(!text.contains("</") && !text.contains("://") && !text.contains("url(") && !text.contains("@import"))
  }
}
