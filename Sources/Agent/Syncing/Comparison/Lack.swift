/// A series of which the centre has fewer samples in a range than were delivered.
struct Lack: Hashable {
  /// In the `WitnessTable`.
  let witness: Int
  /// The number of the range.
  let range: Int64
}

/// How much is lacking.
struct LackCount: Hashable {
  let delivered: Int
  let found: Int
}
