import Agent

extension StatusPage {
  var document: Markup {
    Tag.html(.language("en"), content: [head, body])
  }

  private var program: ProgramSnapshot { snapshot.program }
  private var node: String { shortened(program.node, to: Room.name) }

  private var head: Markup {
    Tag.head(content: [
      Tag.meta(.charset("utf-8")),
      .element(.meta, Attribute.named("viewport", "width=device-width, initial-scale=1"), []),
      .element(.meta, Attribute.named("color-scheme", "light dark"), []),
      // Another version has another style sheet and script: a page that renews itself then begins anew.
      .element(.meta, Attribute.named("generator", "rescfg \(shortened(program.version, to: Room.name))"), []),
      Tag.title(text: "\(findings[0].summary): \(node)"),
      Tag.link(.relation("icon"), .icon(findings[0].level)),
      Tag.style(content: [.asset(.style)]),
    ])
  }

  private var body: Markup {
    Tag.body(content: [
      Tag.header(content: [
        Tag.h1(content: [Tag.bdi(text: node)]),
        Tag.p(.classes(.soft), text: identity),
        Tag.p(.classes(.clock), .id(.clock), content: ["As of ", time(snapshot.now.wall, withDate: true), " UTC"]),
      ]),
      // Empty at first: it is there to be filled when something changes.
      Tag.p(.classes(.hidden), .id(.news), .role(.status)),
      Tag.main(content: [verdict] + destinations + [events, targetSection, agentSection].compactMap { $0 }),
      footer,
      Tag.script(content: [.asset(.script)]),
    ])
  }

  private var identity: String {
    let up = duration(max(0, snapshot.now.monotonic - program.started.monotonic))
    let words = [
      "cluster \(shortened(program.cluster, to: Room.name))",
      "environment \(shortened(program.environment, to: Room.name))",
      "rescfg agent \(shortened(program.version, to: Room.name))", "up \(up)",
    ]
    return words.joined(separator: ", ")
  }

  private var verdict: Markup {
    let first = findings[0]
    var content = [
      Icon.of(first.level), Tag.h2(.id(.verdict), text: first.headline), Tag.p(text: first.detail),
    ]
    if findings.count > 1 {
      let others = findings.dropFirst().prefix(Self.findingCountMax).map { finding in
        Tag.li(content: [state(finding.level, finding.headline), ". \(finding.detail)"])
      }
      content.append(Tag.ul(.classes(.findings), content: others))
    }
    return Tag.section(.classes(.verdict, first.level.style), .labelled(by: .verdict), content: content)
  }

  /// Beside the first.
  private static let findingCountMax = 12

  private var agentSection: Markup {
    Tag.section(
      .labelled(by: .agent),
      content: [Tag.h2(.id(.agent), text: "This agent"), figures(Figure.of(snapshot))]
    )
  }

  private var footer: Markup {
    Tag.footer(content: [
      Tag.p(text: "All times are UTC, by this node's clock. Rates are those of the last minute. For programs:"),
      Tag.ul(content: Link.allCases.map { Tag.li(content: [Tag.a(.link($0), text: "/\($0.rawValue)")]) }),
    ])
  }
}
