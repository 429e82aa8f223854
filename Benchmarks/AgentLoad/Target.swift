/// One target with series like a node's: a fifth of the values change from scrape to scrape, two fifths are 0.
struct Target {
  /// A scrape that was answered: what has to arrive of it.
  struct Served {
    let sampleCount: Int
    /// Of `Fingerprint.sample` over the samples.
    let sum: UInt64
  }

  private struct Series {
    let text: [UInt8]
    let fingerprint: UInt64
    let number: Int
  }

  private let series: [Series]
  private var scrapes = 0
  private(set) var served: [Served] = []

  init(number: Int, seriesCount: Int) {
    series = (0..<seriesCount).map { index in
      let (name, labels) = Self.labels(index, target: "t\(number)")
      let text = labels.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ",")
      return Series(
        text: Array("\(name){\(text)} ".utf8),
        fingerprint: Fingerprint.series([("__name__", name)] + labels),
        number: index
      )
    }
  }

  /// Names and labels in families of 32, of four shapes.
  private static func labels(_ index: Int, target: String) -> (String, [(String, String)]) {
    let (family, place) = (index / 32, index % 32)
    var labels: [(String, String)]
    switch family % 4 {
    case 0:
      let modes = ["idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"]
      labels = [("cpu", "\(place / 8 + family)"), ("mode", modes[place % 8])]
    case 1:
      labels = [
        ("device", "/dev/nvme\(place / 4)n\(place % 4)p1"), ("fstype", "ext4"), ("mountpoint", "/srv/data/\(place)"),
      ]
    case 2:
      let states = ["activating", "active", "deactivating", "failed"]
      labels = [("name", "unit-\(family)-\(place / 4).service"), ("state", states[place % 4]), ("type", "simple")]
    default:
      labels = [("interface", "eth\(place)")]
    }
    return ("node_family_\(family)_of_the_benchmark_total", labels + [("target", target)])
  }

  private static func value(_ series: Int, scrape: Int) -> Double {
    switch series % 10 {
    case 0...3: 0
    case 4: 1
    case 5...7: Double(series * 7_919)
    case 8: Double(series + scrape * (series % 97 + 1))
    default: Double(series * 31 + scrape * (series % 53 + 1)) / 100
    }
  }

  mutating func scrape() -> [UInt8] {
    scrapes += 1
    var body: [UInt8] = []
    body.reserveCapacity(series.count * 110)
    var sum: UInt64 = 0
    for one in series {
      let value = Self.value(one.number, scrape: scrapes)
      body += one.text
      body += value == value.rounded() ? "\(Int(value))".utf8 : value.description.utf8
      body.append(10)
      sum &+= Fingerprint.sample(one.fingerprint, value.bitPattern)
    }
    served.append(Served(sampleCount: series.count, sum: sum))
    return body
  }
}

/// What tells a series, and a sample of it, from all others.
enum Fingerprint {
  /// Labels that the collectors add.
  private static let added: Set = ["instance", "job", "cluster", "node", "environment"]

  static func series(_ labels: [(name: String, value: String)]) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for label in labels.sorted(by: { $0.name < $1.name }) where !added.contains(label.name) {
      for byte in label.name.utf8 + [0] + label.value.utf8 + [0] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    return hash
  }

  static func sample(_ series: UInt64, _ bits: UInt64) -> UInt64 {
    var mixed = series ^ (bits &* 0x9e37_79b9_7f4a_7c15)
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
