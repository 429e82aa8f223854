/// The labels of one series while they are put together: names and values as ranges of one reused run of bytes.
public struct LabelSet {
  /// Why a set of labels can't be a series.
  public enum Failure: Error, Hashable {
    case emptyName
    case duplicateName([UInt8])
    /// More bytes than any receiver takes, and than a definitions record holds.
    case tooLarge
  }

  struct Label {
    var name: Range<Int>
    var value: Range<Int>
  }

  private static let byteCountMax = 1 << 20
  private var arena: [UInt8] = []
  private(set) var labels: [Label] = []

  public init() {}

  public init(_ pairs: [(String, String)]) {
    for (name, value) in pairs { append(name: Array(name.utf8).span, value: Array(value.utf8).span) }
  }

  public var count: Int { labels.count }

  public mutating func removeAll() {
    arena.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
  }

  public mutating func append(name: Span<UInt8>, value: Span<UInt8>) {
    let start = arena.count
    for index in name.indices { arena.append(name[index]) }
    let middle = arena.count
    for index in value.indices { arena.append(value[index]) }
    labels.append(Label(name: start..<middle, value: middle..<arena.count))
  }

  public func name(_ index: Int) -> [UInt8] { Array(arena[labels[index].name]) }
  public func value(_ index: Int) -> [UInt8] { Array(arena[labels[index].value]) }
  public func byteCounts(_ index: Int) -> (name: Int, value: Int) {
    (labels[index].name.count, labels[index].value.count)
  }

  /// The value of the label of that name.
  public func value(of name: String) -> String? {
    let wanted = Array(name.utf8)
    for label in labels where arena[label.name].elementsEqual(wanted) {
      return String(decoding: arena[label.value], as: UTF8.self)
    }
    return nil
  }

  /// Whether a label of that name is there, with or without a value.
  public func contains(_ name: Span<UInt8>) -> Bool {
    for label in labels where bytes.extracting(label.name).equals(name) { return true }
    return false
  }

  /// Sorts by the bytes of the names, leaves out labels without a value (which are as good as absent), and refuses what no receiver takes:
  /// remote write wants names unique, sorted and not empty.
  /// - Parameter keepsEmpty: whether labels without a value stay, for a reader to whom they mean something.
  public mutating func normalize(keepsEmpty: Bool = false) throws(Failure) {
    guard arena.count <= Self.byteCountMax else { throw .tooLarge }
    if !keepsEmpty { labels.removeAll { $0.value.isEmpty } }
    let bytes = arena
    labels.sort { bytes.span.extracting($0.name).precedes(bytes.span.extracting($1.name)) }
    for index in labels.indices {
      if labels[index].name.isEmpty { throw .emptyName }
      if index > 0, bytes.span.extracting(labels[index - 1].name).equals(bytes.span.extracting(labels[index].name)) {
        throw .duplicateName(name(index))
      }
    }
  }

  func nameBytes(_ label: Label) -> Range<Int> { label.name }

  var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get { arena.span }
  }
}
