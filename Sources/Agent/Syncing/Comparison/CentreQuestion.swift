/// How many samples the centre has of some series, in each range of a grid: one range query.
///
/// Every kind of centre that answers queries knows `count_over_time` and `label_replace`. The label that the question adds tells
/// its series apart in the answer, and keeps `or` from taking two of them for one.
public struct CentreQuestion: Hashable, Sendable {
  /// Series in one question.
  static let witnessCountMax = 32
  /// Ranges in one question: Prometheus gives at most 11,000 points a series.
  static let rangeCountMax: Int64 = 1000
  /// Added to each series, with its place in the question.
  static let placeLabel = "rescfg_witness"

  /// Of this agent, each once.
  public let number: UInt64
  let witnesses: [Witness]
  /// What they are called in the `WitnessTable`.
  let witnessNumbers: [Int]
  /// First and last.
  let ranges: ClosedRange<Int64>
  /// Where the last range isn't over: milliseconds since 1970 up to which is counted. There is no other range then.
  let cut: Int64?
  let grid: TimeGrid

  /// Of the request: `application/x-www-form-urlencoded`.
  public var form: [UInt8] {
    var bytes = Array("query=".utf8)
    let window = cut.map { "\($0 - grid.end(of: ranges.upperBound - 1))ms" } ?? "\(grid.width / 1000)s"
    for (place, witness) in witnesses.enumerated() {
      FormText.append(place == 0 ? "label_replace(count_over_time(" : " or label_replace(count_over_time(", to: &bytes)
      FormText.append(witness.selector, to: &bytes)
      FormText.append("[\(window)]),\"\(Self.placeLabel)\",\"\(place)\",\"\",\"\")", to: &bytes)
    }
    // VictoriaMetrics would move the times to fit its cache; others don't know the word.
    let end = seconds(cut ?? grid.end(of: ranges.upperBound))
    bytes +=
      "&start=\(seconds(cut ?? grid.end(of: ranges.lowerBound)))&end=\(end)&step=\(grid.width / 1000)&nocache=1".utf8
    return bytes
  }

  private func seconds(_ milliseconds: Int64) -> String {
    let fraction = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.utf8.count) + fraction
  }
}

/// Percent-encoding of `application/x-www-form-urlencoded` (WHATWG URL, 5.2).
public enum FormText {
  public static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.reserveCapacity(bytes.count + text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "*"):
        bytes.append(byte)
      case UInt8(ascii: " "): bytes.append(UInt8(ascii: "+"))
      default:
        bytes.append(UInt8(ascii: "%"))
        bytes.append(digit(byte >> 4))
        bytes.append(digit(byte & 15))
      }
    }
  }

  /// Of base 16.
  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }
}
