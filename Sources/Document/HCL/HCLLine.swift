/// A line of an HCL file, in the cells that `terraform fmt` aligns.
///
/// Source: hclwrite, `formatCells`: in neighbouring lines the `=` stand under each other, and so do the comments behind.
/// A line that opens a bracket for others to close has all of itself in `lead` and takes part in no alignment.
struct HCLLine {
  var depth = 0
  var lead = Text<Never>()
  var assignment: Text<Never>?
  var comment: String?
  /// The lines of a heredoc after its first, with their line ends but the last; one line as far as alignment goes.
  var verbatim: Text<Never>?

  var isBlank: Bool { lead.isEmpty }
}

/// The lines with their blanks, as one text.
func aligned(_ lines: [HCLLine]) -> Text<Never> {
  let leads = widths(of: lines) { $0.assignment == nil ? nil : 2 * $0.depth + $0.lead.characterCount }
  let commented = zip(lines, leads).map { line, lead -> Int? in
    guard line.comment != nil else { return nil }
    return lead + 1 + (line.assignment?.characterCount ?? 0)
  }
  let comments = runMaxima(commented)

  var text = TextBuilder<Never>()
  for (index, line) in lines.enumerated() {
    if !line.isBlank {
      text.append(spaces: 2 * line.depth)
      text.append(line.lead)
      if let assignment = line.assignment {
        text.append(spaces: leads[index] - 2 * line.depth - line.lead.characterCount + 1)
        text.append(assignment)
      }
      if let comment = line.comment {
        text.append(spaces: comments[index] - (commented[index] ?? 0) + 1)
        text.append("# " + comment)
      }
    }
    text.append("\n")
    if let verbatim = line.verbatim {
      text.append(verbatim)
      text.append("\n")
    }
  }
  return text.finish()
}

private func widths(of lines: [HCLLine], _ width: (HCLLine) -> Int?) -> [Int] {
  let own = lines.map(width)
  return zip(runMaxima(own), own).map { $1 == nil ? 0 : $0 }
}

/// For each element of a run without `nil` the run's maximum.
private func runMaxima(_ values: [Int?]) -> [Int] {
  var result = values.map { $0 ?? 0 }
  var start = 0
  while start < values.count {
    let end = values[start...].firstIndex { $0 == nil } ?? values.count
    let maximum = result[start..<end].max() ?? 0
    for index in start..<end { result[index] = maximum }
    start = end + 1
  }
  return result
}
