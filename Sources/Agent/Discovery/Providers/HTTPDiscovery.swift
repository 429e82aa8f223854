/// `http_sd_configs`: targets that a server names, in JSON.
///
/// Source: Prometheus' documentation on HTTP service discovery.
struct HTTPDiscovery: DiscoveryProvider {
  static let answerByteCountMax = 16 << 20

  let url: String
  let refreshMilliseconds: Int64
  let client: DiscoveryClient
  let documents: GroupDocuments
  private var tickets: TicketCounter
  private var awaited: DiscoveryTicket?
  private var nextRefresh: Int64 = .min
  private(set) var groups: [DiscoveredGroup] = []
  private(set) var status = DiscoveryStatus("http_sd_configs")

  init(
    _ url: String,
    refreshMilliseconds: Int64,
    _ client: DiscoveryClient,
    _ documents: GroupDocuments,
    _ tickets: TicketCounter
  ) {
    self.url = url
    self.refreshMilliseconds = refreshMilliseconds
    self.client = client
    self.documents = documents
    self.tickets = tickets
  }

  var nextStep: Int64? { awaited == nil ? nextRefresh : nil }

  mutating func step(now: Moment) -> [DiscoveryAction] {
    guard awaited == nil, now.monotonic >= nextRefresh else { return [] }
    let ticket = tickets.next()
    awaited = ticket
    nextRefresh = now.monotonic + refreshMilliseconds
    return [
      .fetch(
        DiscoveryRequest(
          ticket: ticket,
          url: url,
          headers: [
            MetaLabel("accept", "application/json"),
            MetaLabel("x-prometheus-refresh-interval-seconds", seconds),
          ],
          client: client,
          timeoutMilliseconds: Int(refreshMilliseconds),
          answerByteCountMax: Self.answerByteCountMax
        )
      )
    ]
  }

  /// Without a fraction where there is none.
  private var seconds: String {
    refreshMilliseconds % 1000 == 0 ? "\(refreshMilliseconds / 1000)" : "\(Double(refreshMilliseconds) / 1000)"
  }

  mutating func receive(_ event: DiscoveryEvent, now: Moment) -> Bool {
    guard event.ticket == awaited else { return false }
    awaited = nil
    switch event {
    case .fetched(_, let answer):
      do throws(DiscoveryProblem) {
        let found = try read(answer)
        status.succeed()
        defer { groups = found }
        return found != groups
      } catch {
        status.fail(error.message)
      }
    case .failed(_, let reason): status.fail(reason)
    case .files, .streamStarted, .streamBytes, .streamEnded: break
    }
    return false
  }

  private func read(_ answer: DiscoveryAnswer) throws(DiscoveryProblem) -> [DiscoveredGroup] {
    guard answer.status == 200 else { throw DiscoveryProblem("the server answered \(answer.status)") }
    guard Self.isJSON(answer.contentType) else {
      throw DiscoveryProblem("the server's content type is not application/json")
    }
    return try documents.groups(url: url, answer.body)
  }

  /// `application/json`, with charset utf-8 perhaps.
  static func isJSON(_ contentType: String) -> Bool {
    let text = contentType.lowercased().filter { $0 != " " && $0 != "\t" && $0 != "\"" }
    return text == "application/json" || text == "application/json;charset=utf-8"
  }
}
