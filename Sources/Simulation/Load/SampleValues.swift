/// The value of every sample there is, as a function of which one it is: whoever receives one knows what it must be, and nobody has
/// to remember any.
enum SampleValues {
  /// The bit pattern; whole numbers below 2^20, as counters are.
  static func bits(node: Int, series: Int, timestamp: Int64) -> UInt64 {
    var mixed = UInt64(bitPattern: timestamp) &+ UInt64(node) &* 0x9e37_79b9_7f4a_7c15 &+ UInt64(series) << 48
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return Double((mixed ^ (mixed >> 31)) & 0xf_ffff).bitPattern
  }
}
