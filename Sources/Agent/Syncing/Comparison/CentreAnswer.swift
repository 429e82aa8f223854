import JSON

/// What came of a question.
public enum QuestionResult: Sendable {
  case answered(status: Int, body: [UInt8])
  /// No answer; in words, for people.
  case failed(String)
}

/// Samples that the centre has: of each witness by its number, in each range; what isn't named is none.
struct CentreAnswer {
  /// An answer that can't be used, in words.
  struct Problem: Error, Hashable { let text: String }

  private(set) var counts: [Int: RangeCounts] = [:]

  init(_ question: CentreQuestion, _ result: QuestionResult) throws(Problem) {
    switch result {
    case .failed(let text): throw Problem(text: text)
    case .answered(let status, let body) where !(200..<300).contains(status):
      throw Problem(text: DeadLetter.bounded("HTTP \(status): \(String(decoding: body.prefix(300), as: UTF8.self))"))
    case .answered(_, let body):
      do throws(JSONError) { try read(body, question) } catch {
        throw Problem(text: "the centre's answer can't be read: \(error)")
      }
    }
  }

  private mutating func read(_ body: [UInt8], _ question: CentreQuestion) throws(JSONError) {
    var counts: [Int: RangeCounts] = [:]
    var isComplete = false
    var reader = try JSONReader(body)
    try reader.object { reader, key throws(JSONError) in
      switch key {
      case "status":
        if try reader.string() != "success" { throw reader.error("a success") }
      case "data":
        try reader.object { reader, key throws(JSONError) in
          guard key == "result" else { return try reader.skip() }
          isComplete = true
          try reader.array { reader throws(JSONError) in try Self.readSeries(&reader, question, into: &counts) }
        }
      default: try reader.skip()
      }
    }
    try reader.end()
    if !isComplete { throw reader.error("a result") }
    self.counts = counts
  }

  private static func readSeries(
    _ reader: inout JSONReader,
    _ question: CentreQuestion,
    into counts: inout [Int: RangeCounts]
  ) throws(JSONError) {
    var place: Int?
    var labelCount = 0
    var points = RangeCounts()
    try reader.object { reader, key throws(JSONError) in
      switch key {
      case "metric":
        try reader.object { reader, name throws(JSONError) in
          let value = try reader.string()
          if name == CentreQuestion.placeLabel { place = Int(value) } else if name != "__name__" { labelCount += 1 }
        }
      case "values": points = try readPoints(&reader, question.grid)
      default: try reader.skip()
      }
    }
    // A selector also takes series that have more labels than it names.
    guard let place, question.witnesses.indices.contains(place),
      question.witnesses[place].labels.count == labelCount + 1
    else { return }
    counts[question.witnessNumbers[place], default: RangeCounts()].add(points)
    counts[question.witnessNumbers[place]]?.sort()
  }

  /// `[[seconds, "count"], ...]`, in the order of time.
  private static func readPoints(_ reader: inout JSONReader, _ grid: TimeGrid) throws(JSONError) -> RangeCounts {
    var points = RangeCounts()
    guard try reader.beginArray() else { return points }
    repeat {
      let (time, count) = try readPoint(&reader)
      let range = grid.range(of: time)
      if let last = points.entries.last?.range, last >= range {
        guard last == range else { throw reader.error("times in their order") }
        points.replaceLast(by: count)
      } else {
        points.add(count, to: range)
      }
    } while try reader.nextElement()
    return points
  }

  private static func readPoint(_ reader: inout JSONReader) throws(JSONError) -> (time: Int64, count: Int) {
    if let (time, count) = reader.point() { return (time, count) }
    guard try reader.beginArray(), let time = try reader.thousandths(), try reader.nextElement(),
      let count = try readCount(&reader), try !reader.nextElement()
    else { throw reader.error("a time and a count") }
    return (time, count)
  }

  private static func readCount(_ reader: inout JSONReader) throws(JSONError) -> Int? {
    guard let number = Double(try reader.string()), number >= 0, number < 1e15 else { return nil }
    return Int(number)
  }
}
