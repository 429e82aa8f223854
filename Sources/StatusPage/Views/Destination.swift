import Agent
import Model

extension StatusPage {
  /// A section for each destination, and a line for those beyond the bound.
  var destinations: [Markup] {
    var sections = queues.enumerated().map { index, queue in destination(queue, .destination(index)) }
    if omittedQueueCount > 0 {
      sections.append(
        Tag.section(content: [Tag.p(.classes(.rest), text: "and \(counted(omittedQueueCount, "destination")) more")])
      )
    }
    return sections
  }

  private func destination(_ queue: QueueSnapshot, _ id: PageID) -> Markup {
    var content = [
      Tag.div(
        .classes(.place),
        content: [
          Tag.h2(.id(id), content: [Tag.bdi(text: shortened(queue.name, to: Room.name))]),
          Tag.bdi(.classes(.soft, .mono), text: shortened(PublicURL(queue.url).description, to: Room.url)),
        ]
      ),
      figures(Figure.of(queue, snapshot)),
      Tag.div(.classes(.halves), content: [trace(queue), ledger(queue)]),
    ]
    if let error = queue.sender.lastError {
      content.append(
        Tag.p(
          .classes(.error),
          content: [
            Tag.span(
              .classes(.soft),
              content: ["Last error, ", time(error.time), ", \(age(error.time, snapshot.now.wall)): "]
            ),
            Tag.code(content: [Tag.bdi(text: shortened(error.message, to: Room.error))]),
          ]
        )
      )
    }
    content += [health(queue), comparison(queue)].compactMap { $0 }
    return Tag.section(.labelled(by: id), content: content)
  }

  private func health(_ queue: QueueSnapshot) -> Markup? {
    guard let path = queue.path else { return nil }
    let failures = path.checkFailuresInARow
    var words = failures == 0 ? "answers" : "failed \(exact(failures)) \(failures == 1 ? "time" : "times") in a row"
    if path.checks.total == 0 { words = "was not asked yet" }
    return Tag.p(
      .classes(.soft),
      content: [
        "Its health check ",
        Tag.bdi(.classes(.mono), text: shortened(PublicURL(path.checkURL).description, to: Room.url)), " \(words).",
      ]
    )
  }

  private func comparison(_ queue: QueueSnapshot) -> Markup? {
    guard let last = queue.gaps.lastSuccess else { return nil }
    let gaps = queue.gaps
    let found = gaps.found == 0 ? "no gap" : "\(exact(gaps.found)) \(gaps.found == 1 ? "gap" : "gaps")"
    let sent = gaps.replayedSamples == 0 ? "" : "; \(samples(gaps.replayedSamples)) sent again"
    let lost = gaps.lostSamples.total == 0 ? "" : "; \(samples(gaps.lostSamples.total)) can't be"
    return Tag.p(
      .classes(.soft),
      text: "Compared with what it has \(age(last, snapshot.now.wall)): \(found) since the start\(sent)\(lost)."
    )
  }

  /// What became of every sample, down to what waits.
  private func ledger(_ queue: QueueSnapshot) -> Markup {
    let ledger = queue.ledger
    let rows = [
      row("Collected", ledger.collected, "", .total), row("Delivered", ledger.delivered.total, parts(ledger.delivered)),
      row("Refused for good", ledger.rejected.total, parts(ledger.rejected)),
      row("Dropped", ledger.dropped.total, parts(ledger.dropped)),
      row("Waiting", ledger.queued.total, parts(ledger.queued)),
    ]
    let sum = ledger.isBalanced ? state(.good, "It adds up") : state(.bad, "It doesn't add up")
    return Tag.table(
      .classes(.ledger),
      content: [
        Tag.caption(content: ["Ledger: what became of every sample. ", sum]), Tag.tbody(content: rows),
      ]
    )
  }

  private func row(_ name: String, _ count: UInt64, _ parts: String, _ style: Style? = nil) -> Markup {
    var head: [Markup] = [.text(name)]
    if !parts.isEmpty { head.append(Tag.span(.classes(.soft), text: parts)) }
    return .element(
      .tr,
      style.map { [.classes($0)] } ?? [],
      [Tag.th(.scope(.row), content: head), Tag.td(.classes(.number), text: exact(count))]
    )
  }
}
