import Charts
import Testing

@Suite struct ChartTests {
  /// A partition of an hour, in two panels.
  static var outage: Chart {
    var chart = Chart("prod: a partition of 1h")
    chart.spans = [.init("partition", 0...3600)]
    chart.events = [.init("RemoteWriteQueueFull fires", at: 1800)]
    chart.panels = [
      .init("backlog", .count("samples"), [.init("unsent", [.init(0, 0), .init(3600, 4_800_000), .init(5400, 0)])]),
      .init(
        "sent",
        .rate("samples"),
        [
          .init("fresh", [.init(0, 0), .init(3600, 0), .init(3600, 1333), .init(5400, 1333)]),
          .init("backlog", [.init(0, 0), .init(3600, 0), .init(3600, 2666), .init(5400, 2666), .init(5400, 0)]),
        ],
        limits: [.init("drain_rate", 3000), .init("the fleet's", 900_000)]
      ),
    ]
    return chart
  }

  @Test func terminal() {
    let text = Self.outage.text(width: 60, rows: 4, isColoured: false)
    #expect(text == ChartGolden.terminal, "\(text)")
  }

  @Test(arguments: [40, 61, 80, 200])
  func terminalIsNoWiderThanAsked(width: Int) {
    for line in Self.outage.text(width: width, isColoured: false).split(separator: "\n") {
      #expect(line.count <= width)
    }
  }

  @Test func colourIsOnlyWhereItIsAskedFor() {
    let plain = Self.outage.text(width: 80, isColoured: false)
    let coloured = Self.outage.text(width: 80, isColoured: true)
    #expect(!plain.contains("\u{1b}") && coloured.contains("\u{1b}[33m×"))
    var stripped = ""
    var rest = coloured[...]
    while let start = rest.firstIndex(of: "\u{1b}"), let end = rest[start...].firstIndex(of: "m") {
      stripped += rest[..<start]
      rest = rest[rest.index(after: end)...]
    }
    #expect(stripped + rest == plain)
  }

  @Test func picture() {
    let svg = Self.outage.svg()
    #expect(svg == Self.outage.svg())
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\"") && svg.hasSuffix("</svg>\n"))
    #expect(svg.contains("prefers-color-scheme: dark"))
    #expect(svg.split(separator: "\n").count { $0.contains("<polyline") } == 3)
    #expect(svg.contains(">drain_rate 3 k samples/s<") && !svg.contains("900 k"))
  }

  @Test func namesAreTextAndNoMarkup() {
    var chart = Self.outage
    chart.title = "a<b & \"c\"\u{1b}[1m"
    #expect(chart.svg().contains("a&lt;b &amp; &quot;c&quot;\u{fffd}[1m</text>"))
    #expect(!chart.svg().contains("a<b"))
  }

  @Test(
    arguments: [
      [], [.init(0, 0)], [.init(0, 5), .init(0, 9)], [.init(0, .nan), .init(9, .infinity)],
      [.init(0, 0), .init(1e9, 1e14)], [.init(0, 1e-9), .init(1e-3, 2e-9)], [.init(-60, 1), .init(60, 1)],
    ] as [[Chart.Point]]
  )
  func strangeLinesAreDrawn(points: [Chart.Point]) {
    for unit in [Unit.count("samples"), .rate("samples"), .bytes, .seconds, .share] as [Unit] {
      let chart = Chart("strange", [.init("line", unit, [.init("it", points)])])
      #expect(chart.text(width: 80, isColoured: false).contains("line"))
      #expect(!chart.svg().contains("nan") && !chart.svg().contains("inf"))
    }
  }

  /// Many points become no more than the picture can show.
  @Test func longLinesAreThinned() {
    let points = (0..<200_000).map { Chart.Point(Double($0), Double($0 * 7919 % 1000)) }
    let svg = Chart("long", [.init("line", .count("samples"), [.init("it", points)])]).svg()
    #expect(svg.utf8.count < 60_000)
  }
}
