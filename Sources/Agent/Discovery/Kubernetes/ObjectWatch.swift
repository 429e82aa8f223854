internal import JSON

/// Keeps up with the objects of one kind: lists them, then watches what happens to them.
///
/// Source: Kubernetes API concepts, "Efficient detection of changes": a watch begins at the version of the list; `410 Gone` says that the
/// server has forgotten that version, and then only a new list helps. Bookmarks move the version on where nothing happens.
struct ObjectWatch: Sendable {
  static let pageCount = 500
  static let listByteCountMax = 64 << 20
  static let eventByteCountMax = 8 << 20
  static let objectCountMax = 100_000
  static let listTimeoutMilliseconds = 60_000
  /// How long the server is to keep a watch open, at most. What hangs in a partition without anybody noticing is noticed by then.
  static let watchSeconds = 90

  /// How long after that the server's end may take to arrive.
  static let watchGraceSeconds = 10

  enum State: Sendable {
    case waiting(until: Int64)
    case listing(DiscoveryTicket, pages: [String: DiscoveredObject])
    case watching(DiscoveryTicket, since: Int64, LineSplitter)
  }

  let api: KubernetesAPI
  private(set) var objects: [String: DiscoveredObject] = [:]
  private(set) var state = State.waiting(until: .min)
  private(set) var isSynced = false
  /// What failed since the last success, and how often in a row.
  private(set) var problem: String?
  private(set) var failureCount = 0
  private var attempt = 0
  /// Where the next watch begins; nothing before a list.
  private var version: String?
  /// After `410 Gone` the server's cache may be too old as well.
  private var needsNewest = false
  private var cancelled: [DiscoveryTicket] = []
  private var hasEvents = false
  private let backoff = Backoff(initial: 1_000, max: 60_000)

  init(_ api: KubernetesAPI) { self.api = api }

  var nextStep: Int64? {
    if !cancelled.isEmpty { return .min }
    if case .waiting(let until) = state { return until }
    return nil
  }

  func awaits(_ ticket: DiscoveryTicket) -> Bool {
    switch state {
    case .waiting: false
    case .listing(let own, _), .watching(let own, _, _): own == ticket
    }
  }

  mutating func step(
    now: Moment,
    _ tickets: inout TicketCounter,
    _ generator: inout SeededGenerator
  ) -> [DiscoveryAction] {
    var actions = cancelled.map { DiscoveryAction.cancel($0) }
    cancelled = []
    guard case .waiting(let until) = state, now.monotonic >= until else { return actions }
    let ticket = tickets.next()
    if let version {
      // Drawn for each watch, so that those of many agents don't end at once.
      let seconds = Int.random(in: (Self.watchSeconds / 2)...Self.watchSeconds, using: &generator)
      state = .watching(ticket, since: now.monotonic, LineSplitter(byteCountMax: Self.eventByteCountMax))
      hasEvents = false
      actions.append(.stream(watchRequest(ticket, version, seconds)))
    } else {
      state = .listing(ticket, pages: [:])
      actions.append(.fetch(listRequest(ticket, continuation: "")))
    }
    return actions
  }

  private func watchRequest(_ ticket: DiscoveryTicket, _ version: String, _ seconds: Int) -> DiscoveryRequest {
    request(
      ticket,
      [
        ("watch", "1"), ("allowWatchBookmarks", "true"), ("resourceVersion", version), ("timeoutSeconds", "\(seconds)"),
      ],
      // The server ends the watch; this is for a server that can't.
      timeoutMilliseconds: (seconds + Self.watchGraceSeconds) * 1000
    )
  }

  private func listRequest(_ ticket: DiscoveryTicket, continuation: String) -> DiscoveryRequest {
    var parameters = [(name: "limit", value: "\(Self.pageCount)")]
    if !continuation.isEmpty {
      parameters.append(("continue", continuation))
    } else if !needsNewest {
      // From the server's cache: many agents list at once after a partition, and its database would pay for each.
      parameters.append(("resourceVersion", "0"))
    }
    return request(ticket, parameters, timeoutMilliseconds: Self.listTimeoutMilliseconds)
  }

  private func request(
    _ ticket: DiscoveryTicket,
    _ parameters: [(name: String, value: String)],
    timeoutMilliseconds: Int
  ) -> DiscoveryRequest {
    DiscoveryRequest(
      ticket: ticket,
      url: api.url(parameters),
      headers: [MetaLabel("accept", "application/json")],
      client: api.client,
      timeoutMilliseconds: timeoutMilliseconds,
      answerByteCountMax: Self.listByteCountMax
    )
  }

  /// Whether the objects are others now. Further pages are asked for through `actions`.
  mutating func receive(
    _ event: DiscoveryEvent,
    now: Moment,
    _ tickets: inout TicketCounter,
    _ generator: inout SeededGenerator,
    _ actions: inout [DiscoveryAction]
  ) -> Bool {
    switch (state, event) {
    case (.listing(_, let pages), .fetched(_, let answer)):
      return takePage(answer, pages, now, &tickets, &generator, &actions)
    case (.watching(let ticket, _, _), .streamStarted(_, let status)) where status != 200:
      cancelled.append(ticket)
      if status == 410 { forgetVersion() }
      fail("the API server answered \(status) to a watch", now, &generator)
    case (.watching(let ticket, let since, var splitter), .streamBytes(_, let bytes)):
      guard let lines = splitter.lines(bytes) else {
        cancelled.append(ticket)
        fail("an event of a watch is over \(Self.eventByteCountMax) bytes", now, &generator)
        return false
      }
      state = .watching(ticket, since: since, splitter)
      return take(lines, ticket, now, &generator)
    case (.watching(_, let since, _), .streamEnded):
      // A server that ends each watch at once isn't asked again at once.
      if hasEvents || now.monotonic - since >= 1_000 {
        attempt = 0
        problem = nil
        state = .waiting(until: now.monotonic)
      } else {
        fail("the API server ended a watch at once", now, &generator)
      }
    case (_, .failed(_, let reason)): fail(reason, now, &generator)
    default: break
    }
    return false
  }

  private mutating func takePage(
    _ answer: DiscoveryAnswer,
    _ pages: [String: DiscoveredObject],
    _ now: Moment,
    _ tickets: inout TicketCounter,
    _ generator: inout SeededGenerator,
    _ actions: inout [DiscoveryAction]
  ) -> Bool {
    guard answer.status == 200 else {
      if answer.status == 410 { forgetVersion() }
      fail("the API server answered \(answer.status) to a list", now, &generator)
      return false
    }
    let list: ObjectList
    do throws(JSONError) {
      list = try ObjectList(api.resource, answer.body, byteCountMax: Self.listByteCountMax)
    } catch {
      fail("a list of the API server: \(error)", now, &generator)
      return false
    }
    var pages = pages
    for object in list.objects { pages[object.key] = object }
    if pages.count > Self.objectCountMax {
      fail("over \(Self.objectCountMax) objects; narrow them by selectors", now, &generator)
      return false
    }
    if !list.continuation.isEmpty {
      let ticket = tickets.next()
      state = .listing(ticket, pages: pages)
      actions.append(.fetch(listRequest(ticket, continuation: list.continuation)))
      return false
    }
    let isChanged = !isSynced || !sameGroups(pages)
    objects = pages
    version = list.resourceVersion
    needsNewest = false
    isSynced = true
    attempt = 0
    problem = nil
    state = .waiting(until: now.monotonic)
    return isChanged
  }

  private func sameGroups(_ others: [String: DiscoveredObject]) -> Bool {
    objects.count == others.count
      && objects.allSatisfy { key, object in others[key].map { $0.isSameTarget(as: object) } == true }
  }

  private mutating func take(
    _ lines: [[UInt8]],
    _ ticket: DiscoveryTicket,
    _ now: Moment,
    _ generator: inout SeededGenerator
  ) -> Bool {
    var isChanged = false
    for line in lines {
      do throws(JSONError) {
        let event = try WatchEvent(api.resource, line, byteCountMax: Self.eventByteCountMax)
        if case .error(let code, let message) = event {
          cancelled.append(ticket)
          forgetVersion()
          fail("a watch ended with \(code): \(message.prefix(200))", now, &generator)
          // Nothing is wrong with a version that is too old: only the list is missing.
          if code == 410, attempt == 1 { state = .waiting(until: now.monotonic) }
          return isChanged
        }
        if apply(event) { isChanged = true }
      } catch {
        cancelled.append(ticket)
        forgetVersion()
        fail("an event of a watch: \(error)", now, &generator)
        return isChanged
      }
    }
    return isChanged
  }

  private mutating func apply(_ event: WatchEvent) -> Bool {
    switch event {
    case .changed(let object):
      move(to: object.resourceVersion)
      let isNew = objects[object.key].map { !$0.isSameTarget(as: object) } ?? true
      if isNew, objects.count < Self.objectCountMax || objects[object.key] != nil { objects[object.key] = object }
      return isNew
    case .deleted(let object):
      move(to: object.resourceVersion)
      return objects.removeValue(forKey: object.key) != nil
    case .bookmark(let resourceVersion):
      move(to: resourceVersion)
      return false
    case .error, .unknown: return false
    }
  }

  private mutating func move(to resourceVersion: String) {
    hasEvents = true
    attempt = 0
    problem = nil
    if !resourceVersion.isEmpty { version = resourceVersion }
  }

  private mutating func forgetVersion() {
    version = nil
    needsNewest = true
  }

  private mutating func fail(_ reason: String, _ now: Moment, _ generator: inout SeededGenerator) {
    problem = reason
    failureCount += 1
    state = .waiting(until: now.monotonic + backoff.delay(attempt, using: &generator))
    attempt += 1
  }
}

extension DiscoveredObject {
  /// Status changes all the time without changing a target.
  fileprivate func isSameTarget(as other: DiscoveredObject) -> Bool {
    group == other.group && nodeName == other.nodeName && lentLabels == other.lentLabels
  }
}
