/// A kind of element. There are no others than these, and none of them loads anything, but `link`, which only ever has an icon that it holds
/// itself.
struct Tag: Sendable {
  let name: String
  /// On a line of its own, for whoever reads the source or a difference.
  let beginsLine: Bool
  /// Without content and end tag (HTML, 13.1.2).
  let isVoid: Bool

  private init(_ name: StaticString, beginsLine: Bool = true, isVoid: Bool = false) {
    self.name = name.description
    self.beginsLine = beginsLine
    self.isVoid = isVoid
  }

  static let html = Tag("html")
  static let head = Tag("head")
  static let style = Tag("style")
  static let script = Tag("script")
  static let body = Tag("body")
  static let header = Tag("header")
  static let main = Tag("main")
  static let section = Tag("section")
  static let footer = Tag("footer")
  static let p = Tag("p")
  static let div = Tag("div")
  static let ul = Tag("ul")
  static let li = Tag("li")
  static let dl = Tag("dl")
  static let figure = Tag("figure")
  static let svg = Tag("svg")
  static let table = Tag("table")
  static let caption = Tag("caption")
  static let thead = Tag("thead")
  static let tbody = Tag("tbody")
  static let tr = Tag("tr")

  static let title = Tag("title", beginsLine: false)
  static let h1 = Tag("h1", beginsLine: false)
  static let h2 = Tag("h2", beginsLine: false)
  static let h3 = Tag("h3", beginsLine: false)
  static let span = Tag("span", beginsLine: false)
  static let bdi = Tag("bdi", beginsLine: false)
  static let code = Tag("code", beginsLine: false)
  static let time = Tag("time", beginsLine: false)
  static let a = Tag("a", beginsLine: false)
  static let dt = Tag("dt", beginsLine: false)
  static let dd = Tag("dd", beginsLine: false)
  static let th = Tag("th", beginsLine: false)
  static let td = Tag("td", beginsLine: false)
  static let figcaption = Tag("figcaption", beginsLine: false)
  static let path = Tag("path", beginsLine: false)
  static let rect = Tag("rect", beginsLine: false)

  static let meta = Tag("meta", isVoid: true)
  static let link = Tag("link", isVoid: true)
}
