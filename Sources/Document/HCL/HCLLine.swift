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
  // By index: a line is a dozen references, which a loop over lines would copy.
  let ownLeads = lines.indices.map { index in
    lines[index].assignment == nil ? nil : 2 * lines[index].depth + lines[index].lead.characterCount
  }
  let leads = zip(runMaxima(ownLeads), ownLeads).map { $1 == nil ? 0 : $0 }
  let commented = lines.indices.map { index -> Int? in
    guard lines[index].comment != nil else { return nil }
    return leads[index] + 1 + (lines[index].assignment?.characterCount ?? 0)
  }
  let comments = runMaxima(commented)

  var text = TextBuilder<Never>()
  for index in lines.indices {
    if !lines[index].isBlank {
      text.append(spaces: 2 * lines[index].depth)
      text.append(lines[index].lead)
      if let assignment = lines[index].assignment {
        text.append(spaces: leads[index] - (ownLeads[index] ?? 0) + 1)
        text.append(assignment)
      }
      if let comment = lines[index].comment {
        text.append(spaces: comments[index] - (commented[index] ?? 0) + 1)
        text.append("# ")
        text.append(comment)
      }
    }
    text.append("\n")
    if let verbatim = lines[index].verbatim {
      text.append(verbatim)
      text.append("\n")
    }
  }
  return text.finish()
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
