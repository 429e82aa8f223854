import CSHA256

/// SHA-256 as FIPS 180-4 defines it, for content hashes. Not for secrets: nothing here runs in constant time.
///
/// Ours because the kept library for it brings Foundation into a program that starts in milliseconds without
/// (docs/decisions/0004-own-sha256.md).
public struct SHA256 {
  private static let roundConstants: InlineArray<64, UInt32> = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]

  private var state: InlineArray<8, UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]

  /// Most processors have instructions for it, which take a tenth of the time.
  public static let hasInstructions = sha256_has_instructions()

  /// The digest as 64 lower-case hexadecimal digits.
  ///
  /// - Parameter usesInstructions: whether to use them; tests compare both ways.
  public static func hexDigest(of bytes: some Sequence<UInt8>, usesInstructions: Bool = hasInstructions) -> String {
    var message = Array(bytes)
    let bitCount = UInt64(message.count) * 8
    message.append(0x80)
    message.append(contentsOf: repeatElement(0, count: (120 - message.count % 64) % 64))
    for shift in stride(from: 56, through: 0, by: -8) { message.append(UInt8(truncatingIfNeeded: bitCount >> shift)) }

    var hash = SHA256()
    if usesInstructions {
      hash.absorbByInstructions(message.span)
    } else {
      for start in stride(from: 0, to: message.count, by: 64) {
        hash.absorb(message.span.extracting(start..<start + 64))
      }
    }
    return hash.state.indices.map { index in
      let digits = String(hash.state[index], radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  /// - Parameter blocks: whole blocks.
  private mutating func absorbByInstructions(_ blocks: Span<UInt8>) {
    var words = state.mutableSpan
    unsafe words.withUnsafeMutableBufferPointer { words in
      unsafe blocks.withUnsafeBufferPointer { bytes in
        unsafe sha256_absorb(words.baseAddress, bytes.baseAddress, bytes.count / 64)
      }
    }
  }

  private mutating func absorb(_ block: Span<UInt8>) {
    var words = SHA256.schedule(of: block)
    for index in words.indices { words[index] &+= SHA256.roundConstants[index] }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])

    func round(
      _ word: UInt32,
      _ a: UInt32,
      _ b: UInt32,
      _ c: UInt32,
      _ d: inout UInt32,
      _ e: UInt32,
      _ f: UInt32,
      _ g: UInt32,
      _ h: inout UInt32
    ) {
      let big1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
      let first = h &+ big1 &+ (g ^ e & (f ^ g)) &+ word
      let big0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
      d &+= first
      h = first &+ big0 &+ (a & b | c & (a | b))
    }

    // After eight rounds each word is back in its place: none has to be moved.
    for index in stride(from: 0, to: 64, by: 8) {
      round(words[index], a, b, c, &d, e, f, g, &h)
      round(words[index + 1], h, a, b, &c, d, e, f, &g)
      round(words[index + 2], g, h, a, &b, c, d, e, &f)
      round(words[index + 3], f, g, h, &a, b, c, d, &e)
      round(words[index + 4], e, f, g, &h, a, b, c, &d)
      round(words[index + 5], d, e, f, &g, h, a, b, &c)
      round(words[index + 6], c, d, e, &f, g, h, a, &b)
      round(words[index + 7], b, c, d, &e, f, g, h, &a)
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }

  private static func schedule(of block: Span<UInt8>) -> InlineArray<64, UInt32> {
    var words = InlineArray<64, UInt32>(repeating: 0)
    for index in 0..<16 {
      let at = index * 4
      words[index] =
        UInt32(block[at]) << 24 | UInt32(block[at + 1]) << 16 | UInt32(block[at + 2]) << 8 | UInt32(block[at + 3])
    }
    for index in 16..<64 {
      let early = words[index - 15]
      let late = words[index - 2]
      let small0 = rotated(early, 7) ^ rotated(early, 18) ^ early >> 3
      let small1 = rotated(late, 17) ^ rotated(late, 19) ^ late >> 10
      words[index] = words[index - 16] &+ small0 &+ words[index - 7] &+ small1
    }
    return words
  }
}

private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }
