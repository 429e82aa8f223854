/// Shares out the memory for bodies that are arriving, of all of a loop's requests together: a few servers that send without end must
/// not add up to more than the process has. Used on the network thread alone.
final class BodyMemory {
  /// What every body may have, however little is left: servers that are well don't pay for those that aren't.
  static let ownByteCount = 1 << 20

  private let byteCountMax: Int
  private var byteCount = 0

  init(byteCountMax: Int) { self.byteCountMax = byteCountMax }

  /// Asks for room for `count` more bytes of a body that has `held` already.
  func take(_ count: Int, held: Int) -> Bool {
    guard held + count <= Self.ownByteCount || byteCount + count <= byteCountMax else { return false }
    byteCount += count
    return true
  }

  /// Gives back what a body had.
  func giveBack(_ count: Int) { byteCount -= count }
}
