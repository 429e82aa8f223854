import Agent

extension StatusPage {
  /// A word with the shape that goes with it.
  func state(_ level: Level, _ text: String) -> Markup {
    Tag.span(.classes(.state, level.style), content: [Icon.of(level), .text(text)])
  }

  /// A time of day, with its date where that is another one than today's.
  func time(_ milliseconds: Int64, withDate: Bool = false) -> Markup {
    let text = Timestamp(milliseconds: milliseconds).description
    let today = Timestamp(milliseconds: snapshot.now.wall).description.prefix(10)
    let (date, clock) = (text.prefix(10), text.dropFirst(11).prefix(8))
    return Tag.time(.moment(text), text: withDate || date != today ? "\(date) \(clock)" : String(clock))
  }

  /// Names and what they are, side by side where there is room.
  func figures(_ figures: [Figure]) -> Markup {
    Tag.dl(
      .classes(.figures),
      content: figures.map { figure in
        let value: Markup = figure.level.map { state($0, figure.value) } ?? .text(figure.value)
        var content = [Tag.dt(text: figure.name.description), Tag.dd(content: [value])]
        if !figure.note.isEmpty { content.append(Tag.dd(text: figure.note)) }
        return Tag.div(content: content)
      }
    )
  }

  /// The heads of a table that becomes a list on a phone.
  func heads(_ heads: [(text: String, isNumber: Bool)]) -> Markup {
    Tag.thead(
      .role(.rowgroup),
      content: [
        Tag.tr(
          .role(.row),
          content: heads.map { head in
            let attributes: [Attribute] =
              [.scope(.col), .role(.columnheader)] + (head.isNumber ? [.classes(.number)] : [])
            return .element(.th, attributes, [.text(head.text)])
          }
        )
      ]
    )
  }
}

/// The shapes that go with levels: they differ in outline, not in colour alone.
enum Icon {
  static func of(_ level: Level) -> Markup {
    Tag.svg(.viewBox(16, 16), .decoration, content: [Tag.path(.evenOdd, .path(level.outline))])
  }
}

extension Level {
  /// In a square of 16.
  var outline: String {
    switch self {
    case .idle: "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zm0 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11z"
    case .good: "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zM12.6 5.9 7 11.5 3.4 7.9l1.2-1.2L7 9.1l4.4-4.4z"
    case .note: "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zM7 12V7.4L5 9.4 3.6 8 8 3.6 12.4 8 11 9.4l-2-2V12z"
    case .warn: "M8 1l8 14H0zM7 6v4h2V6zm0 5v2h2v-2z"
    case .bad: "M5 0h6l5 5v6l-5 5H5l-5-5V5zM7 3v6h2V3zm0 8v2h2v-2z"
    }
  }

  /// The same for the browser's tab, which has no style sheet.
  var icon: String {
    let colour =
      switch self {
      case .idle: "%235b636b"
      case .good: "%231a7037"
      case .note: "%230a5cc2"
      case .warn: "%23855700"
      case .bad: "%23b3202c"
      }
    return "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
      + "%3Cpath fill='\(colour)' fill-rule='evenodd' d='\(outline)'/%3E%3C/svg%3E"
  }
}
