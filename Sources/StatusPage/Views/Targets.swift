import Agent
import Model

extension StatusPage {
  var targetSection: Markup {
    var content: [Markup] = [Tag.h2(.id(.targets), text: "Targets")]
    if targets.listed.isEmpty {
      content.append(
        Tag.p(.classes(.rest), text: "None: this agent scrapes nothing now. What it takes in comes by remote write.")
      )
    } else {
      content += [counts, table]
      if let rest { content.append(rest) }
    }
    return Tag.section(.labelled(by: .targets), content: content)
  }

  private var counts: Markup {
    let shown = TargetList.order.filter { targets.counts[$0] > 0 }
    return Tag.ul(
      .classes(.legend),
      content: shown.map { label in
        Tag.li(content: [state(label.level, "\(exact(targets.counts[label])) \(label.word)")])
      }
    )
  }

  private var rest: Markup? {
    let omitted = TargetList.order.filter { targets.omitted[$0] > 0 }.map { "\(exact(targets.omitted[$0])) \($0.word)" }
    return omitted.isEmpty
      ? nil : Tag.p(.classes(.rest), text: "and more that are not listed: \(omitted.joined(separator: ", "))")
  }

  private var table: Markup {
    Tag.table(
      .classes(.list),
      .role(.table),
      content: [
        Tag.caption(text: "Those that are down come first"),
        heads([("State", false), ("Target", false), ("Last scrape", false), ("Took", true), ("Samples", true)]),
        Tag.tbody(.role(.rowgroup), content: targets.listed.map(row)),
      ]
    )
  }

  private func row(_ target: TargetSnapshot) -> Markup {
    let last = target.lastScrape
    var name = [
      Tag.bdi(.classes(.name), text: shortened(target.instance, to: Room.name)), " ",
      Tag.bdi(.classes(.soft), text: shortened(target.job, to: Room.name)),
      Tag.bdi(.classes(.detail, .mono), text: shortened(PublicURL(target.url).description, to: Room.url)),
    ]
    if let error = target.lastError { name.append(Tag.bdi(.classes(.failure), text: shortened(error, to: Room.error))) }
    return Tag.tr(
      .role(.row),
      content: [
        Tag.td(.role(.cell), content: [state(target.state.level, target.state.name)]),
        Tag.th(.scope(.row), .role(.rowheader), .classes(.wide), content: name),
        Tag.td(
          .role(.cell),
          .classes(.when),
          .before("scraped"),
          text: last.map { age($0, snapshot.now.wall) } ?? "never"
        ),
        Tag.td(
          .role(.cell),
          .classes(.number),
          .before("took"),
          text: last == nil ? "" : duration(target.lastDurationMilliseconds)
        ),
        Tag.td(
          .role(.cell),
          .classes(.number),
          .before("samples"),
          text: last == nil ? "" : exact(target.lastSampleCount)
        ),
      ]
    )
  }
}
