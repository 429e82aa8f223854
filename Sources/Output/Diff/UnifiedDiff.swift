/// The difference of two versions of a file as `diff -u` prints it and `patch -p1` takes it, with three lines around.
public struct UnifiedDiff {
  /// One line of it, with its line feed, and what it is.
  public struct Line: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case header, hunk, context, removal, addition }

    public let kind: Kind
    public let bytes: [UInt8]
  }

  public private(set) var lines: [Line] = []

  private static let contextLength = 3

  /// - Parameters:
  ///   - old: `nil` where the file is new.
  ///   - new: `nil` where the file goes.
  public init(_ path: String, from old: [UInt8]?, to new: [UInt8]?) {
    if old == new { return }
    let oldName = old == nil ? "/dev/null" : "a/\(path)"
    let newName = new == nil ? "/dev/null" : "b/\(path)"
    if [old, new].contains(where: { $0.map(Self.isBinary) ?? false }) {
      append(.header, Array("Binary files \(oldName) and \(newName) differ".utf8))
      return
    }
    append(.header, Array("--- \(oldName)".utf8))
    append(.header, Array("+++ \(newName)".utf8))

    let oldLines = Self.split(old ?? [])
    let newLines = Self.split(new ?? [])
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    func numbered(_ lines: [ArraySlice<UInt8>]) -> [Int] {
      lines.map { line in
        let number = numbers[line] ?? numbers.count
        numbers[line] = number
        return number
      }
    }
    let oldNumbers = numbered(oldLines)
    let script = EditScript(from: oldNumbers, to: numbered(newLines))
    for hunk in Self.hunks(script.edits) { append(hunk, oldLines, newLines) }
  }

  private static func isBinary(_ bytes: [UInt8]) -> Bool { bytes.contains(0) }

  /// Each line with its line feed, which the last may lack.
  private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }

  private struct Hunk {
    var edits: [EditScript.Edit] = []
    var oldStart: Int
    var newStart: Int
    var oldCount = 0
    var newCount = 0
  }

  /// Changes with the kept lines around them; those nearer than twice the context share a hunk.
  private static func hunks(_ edits: [EditScript.Edit]) -> [Hunk] {
    let changed = edits.indices.filter { if case .keep = edits[$0] { false } else { true } }
    var ranges: [Range<Int>] = []
    for index in changed {
      let around = max(0, index - contextLength)..<min(edits.count, index + contextLength + 1)
      if let last = ranges.last, around.lowerBound <= last.upperBound {
        ranges[ranges.count - 1] = last.lowerBound..<around.upperBound
      } else {
        ranges.append(around)
      }
    }
    var position = (old: 0, new: 0)
    var next = 0
    return ranges.map { range in
      while next < range.lowerBound { advance(&position, over: edits[next], &next) }
      var hunk = Hunk(oldStart: position.old, newStart: position.new)
      while next < range.upperBound {
        hunk.edits.append(edits[next])
        advance(&position, over: edits[next], &next)
      }
      hunk.oldCount = position.old - hunk.oldStart
      hunk.newCount = position.new - hunk.newStart
      return hunk
    }
  }

  private static func advance(_ position: inout (old: Int, new: Int), over edit: EditScript.Edit, _ next: inout Int) {
    switch edit {
    case .keep:
      position.old += 1
      position.new += 1
    case .remove: position.old += 1
    case .insert: position.new += 1
    }
    next += 1
  }

  private mutating func append(_ hunk: Hunk, _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) {
    let oldRange = Self.range(hunk.oldStart, hunk.oldCount)
    let newRange = Self.range(hunk.newStart, hunk.newCount)
    append(.hunk, Array("@@ -\(oldRange) +\(newRange) @@".utf8))
    for edit in hunk.edits {
      switch edit {
      case .keep(let index, _): append(.context, " ", old[index])
      case .remove(let index): append(.removal, "-", old[index])
      case .insert(let index): append(.addition, "+", new[index])
      }
    }
  }

  /// Lines from 1; an empty range is named by the line before it.
  private static func range(_ start: Int, _ count: Int) -> String {
    switch count {
    case 0: "\(start),0"
    case 1: "\(start + 1)"
    default: "\(start + 1),\(count)"
    }
  }

  private mutating func append(_ kind: Line.Kind, _ mark: Unicode.Scalar, _ line: ArraySlice<UInt8>) {
    let marked = [UInt8(ascii: mark)] + line
    if line.last == UInt8(ascii: "\n") {
      lines.append(Line(kind: kind, bytes: marked))
    } else {
      append(kind, marked)
      append(kind, Array("\\ No newline at end of file".utf8))
    }
  }

  private mutating func append(_ kind: Line.Kind, _ line: [UInt8]) {
    lines.append(Line(kind: kind, bytes: line + [UInt8(ascii: "\n")]))
  }
}
