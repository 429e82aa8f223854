/// How a value is written as an integer (docs/formats/spool.md, 5.3): values of monitoring have few decimals or
/// are whole pages, so the integer's difference to the one before takes a byte or two where the double's bits would take seven.
struct Scale: Equatable, BitwiseCopyable {
  let code: UInt8

  static let whole = Scale(code: 0)
  static let raw = Scale(code: 255)
  private static let decimalMax: UInt8 = 15
  private static let binary: UInt8 = 64
  /// The integers up to which a double holds every one.
  private static let integerMax = 9_007_199_254_740_992.0
  static let powers: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15]

  init(code: UInt8) { self.code = code }

  /// A scale as it stands in a record; nothing for what is none.
  init?(validating code: UInt8) {
    guard code <= Self.decimalMax || code == 255 || (code >= Self.binary && code < Self.binary + 64) else { return nil }
    self.code = code
  }

  /// The double that `integer` stands for. Exact arithmetic with one rounding, so any machine gives the same bits.
  @inline(__always)
  func value(_ integer: Int64, _ powers: Span<Double>) -> Double {
    if code == 0 { return Double(integer) }
    if code <= Self.decimalMax { return Double(integer) / powers[Int(code)] }
    return Double(integer) * Double(UInt64(1) << UInt64(code & 63))
  }

  /// The integer that stands for exactly these bits, if there is one.
  @inline(__always)
  func integer(_ bits: UInt64, _ powers: Span<Double>) -> Int64? {
    let value = Double(bitPattern: bits)
    let scaled: Double
    if code == 0 {
      scaled = value
    } else if code <= Self.decimalMax {
      scaled = value * powers[Int(code)]
    } else if code == 255 {
      return nil
    } else {
      scaled = value / Double(UInt64(1) << UInt64(code & 63))
    }
    // Also false for NaN.
    guard abs(scaled) <= Self.integerMax else { return nil }
    let integer = Int64(scaled + (scaled < 0 ? -0.5 : 0.5))
    return self.value(integer, powers).bitPattern == bits ? integer : nil
  }

  /// The scale for a value that the one in use can't hold. Decimals only grow, so a series settles.
  static func best(for bits: UInt64, above current: Scale, _ powers: Span<Double>) -> Scale {
    let first = current.code < decimalMax ? current.code + 1 : 0
    let most = current == raw ? 3 : decimalMax
    var code = first
    while code <= most {
      let scale = Scale(code: code)
      if scale.integer(bits, powers) != nil { return scale }
      code += 1
    }
    return raw
  }

  /// Sizes in memory come in units of 1024 or 4096: for the first value of a series, worth a scale of its own.
  static func binary(for integer: Int64) -> Scale? {
    guard integer != 0 else { return nil }
    let zeros = integer.trailingZeroBitCount
    if zeros >= 12 { return Scale(code: binary + 12) }
    return zeros >= 10 ? Scale(code: binary + 10) : nil
  }
}
