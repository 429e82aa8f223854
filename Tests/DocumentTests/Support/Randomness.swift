import Foundation

/// Random numbers from a seed that a failing run prints and a repeated one is given (`RESCFG_TEST_SEED`). SplitMix64.
struct Randomness: RandomNumberGenerator {
  let seed: UInt64
  private var state: UInt64

  init(for test: String = #function) {
    seed = ProcessInfo.processInfo.environment["RESCFG_TEST_SEED"].flatMap(UInt64.init) ?? .random(in: 0...(.max))
    state = seed
    print("\(test): RESCFG_TEST_SEED=\(seed)")
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  mutating func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &self) < probability }
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements.randomElement(using: &self)! }
}
