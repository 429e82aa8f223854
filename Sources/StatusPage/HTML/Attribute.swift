import Charts

/// An attribute. Its name is one of those below, so there is none that holds a script or a style; what refers to something refers to a page of
/// ours.
struct Attribute: Sendable {
  let name: String
  let value: String

  private init(_ name: StaticString, _ value: String) {
    self.name = name.description
    self.value = value
  }

  static func classes(_ classes: Style...) -> Attribute {
    Attribute("class", classes.map(\.rawValue).joined(separator: " "))
  }
  static func id(_ id: PageID) -> Attribute { Attribute("id", id.text) }
  static func labelled(by id: PageID) -> Attribute { Attribute("aria-labelledby", id.text) }
  static func role(_ role: Role) -> Attribute { Attribute("role", role.rawValue) }
  static func scope(_ scope: Scope) -> Attribute { Attribute("scope", scope.rawValue) }
  /// What a screen reader says in place of a picture.
  static func label(_ text: String) -> Attribute { Attribute("aria-label", text) }
  /// A picture that says nothing which the text beside it doesn't.
  static var decoration: Attribute { Attribute("aria-hidden", "true") }
  /// What stands before a cell where its column has no head, on a phone.
  static func before(_ text: StaticString) -> Attribute { Attribute("data-label", text.description) }
  static func moment(_ timestamp: String) -> Attribute { Attribute("datetime", timestamp) }
  static func link(_ page: Link) -> Attribute { Attribute("href", page.rawValue) }
  static func icon(_ level: Level) -> Attribute { Attribute("href", level.icon) }
  static func language(_ name: StaticString) -> Attribute { Attribute("lang", name.description) }
  static func relation(_ name: StaticString) -> Attribute { Attribute("rel", name.description) }
  static func charset(_ name: StaticString) -> Attribute { Attribute("charset", name.description) }
  static func named(_ name: StaticString, _ content: String) -> [Attribute] {
    [Attribute("name", name.description), Attribute("content", content)]
  }
  static func viewBox(_ width: Int, _ height: Int) -> Attribute { Attribute("viewBox", "0 0 \(width) \(height)") }
  /// As wide as there is room, whatever that makes of the proportions.
  static var stretched: Attribute { Attribute("preserveAspectRatio", "none") }
  static func path(_ data: String) -> Attribute { Attribute("d", data) }
  static var evenOdd: Attribute { Attribute("fill-rule", "evenodd") }
  static func place(x: Double, y: Double, width: Double, height: Double) -> [Attribute] {
    [("x", x), ("y", y), ("width", width), ("height", height)].map { (name: StaticString, value: Double) in
      Attribute(name, trimmed(value, 1))
    }
  }
}

/// The names of the style sheet.
enum Style: String, Sendable {
  case good, note, warn, bad, idle
  case connected, suspect, partitioned, recovering
  case area, band, clock, detail, error, failure, figures, halves, hidden, ledger, legend, list, mono, name, number
  case place, rest, ends, findings, soft, state, total, trace, verdict, when, wide
}

/// What the page has names for. A number stands for a destination's place.
enum PageID: Sendable {
  case verdict, clock, news, events, targets, agent
  case destination(Int)

  var text: String {
    switch self {
    case .verdict: "verdict"
    case .clock: "clock"
    case .news: "news"
    case .events: "events"
    case .targets: "targets"
    case .agent: "agent"
    case .destination(let index): "destination-\(index)"
    }
  }
}

/// Where links lead: relative, so that the page also works behind a proxy that has it elsewhere.
enum Link: String, CaseIterable, Sendable {
  case metrics = "metrics"
  case status = "api/v1/status"
  case ledger = "api/v1/ledger"
  case gaps = "api/v1/gaps"
}

/// Roles (WAI-ARIA 1.2, 5.4): those of tables are said where a phone's style would take them away.
enum Role: String, Sendable {
  case img, status, table, rowgroup, row, columnheader, rowheader, cell
}

/// What a heading in a table is of.
enum Scope: String, Sendable { case col, row }
