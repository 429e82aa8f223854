import Document
import Testing

@Suite struct SHA256Tests {
  /// FIPS 180-4 examples, and lengths around the padding's edges.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func digestOfKnownMessage(message: String, digest: String) {
    #expect(SHA256.hexDigest(of: message.utf8) == digest)
    #expect(SHA256.hexDigest(of: message.utf8, usesInstructions: false) == digest)
  }

  @Test func millionLetters() {
    let message = repeatElement(UInt8(ascii: "a"), count: 1_000_000)
    let digest = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(SHA256.hexDigest(of: message) == digest)
    #expect(SHA256.hexDigest(of: message, usesInstructions: false) == digest)
  }

  /// Of every length around one, two and three blocks, by the processor's instructions and without.
  @Test func bothWaysAgree() {
    for count in 0...200 {
      let message = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
      #expect(SHA256.hexDigest(of: message) == SHA256.hexDigest(of: message, usesInstructions: false), "\(count) bytes")
    }
  }
}
