/// `file_sd_configs`: targets that stand in files, JSON or YAML.
///
/// Files are looked at every few seconds and read when they look changed; every `refresh_interval` they are read anyway. A file that can't
/// be read or understood keeps its targets, one that is gone doesn't.
struct FileDiscovery: DiscoveryProvider {
  static let pollMilliseconds: Int64 = 5_000
  static let byteCountMax = 16 << 20
  static let fileCountMax = 1_000

  private struct File {
    /// Nothing until it was understood once.
    var stamp: FileStamp?
    var groups: [DiscoveredGroup] = []
  }

  let patterns: [FilePattern]
  let refreshMilliseconds: Int64
  let documents: GroupDocuments
  private var tickets: TicketCounter
  private var files: [String: File] = [:]
  private var awaited: DiscoveryTicket?
  private var nextPoll: Int64?
  private var nextRefresh: Int64 = .min
  private(set) var status = DiscoveryStatus("file_sd_configs")

  init(_ patterns: [FilePattern], refreshMilliseconds: Int64, _ documents: GroupDocuments, _ tickets: TicketCounter) {
    self.patterns = patterns
    self.refreshMilliseconds = refreshMilliseconds
    self.documents = documents
    self.tickets = tickets
    nextPoll = .min
  }

  var nextStep: Int64? { awaited == nil ? nextPoll : nil }

  var groups: [DiscoveredGroup] {
    files.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.flatMap(\.value.groups)
  }

  mutating func step(now: Moment) -> [DiscoveryAction] {
    guard awaited == nil, let nextPoll, now.monotonic >= nextPoll else { return [] }
    let isRefresh = now.monotonic >= nextRefresh
    if isRefresh { nextRefresh = now.monotonic + refreshMilliseconds }
    let ticket = tickets.next()
    awaited = ticket
    return [
      .readFiles(
        FileQuery(
          ticket: ticket,
          patterns: patterns,
          known: isRefresh ? [:] : files.compactMapValues(\.stamp),
          byteCountMax: Self.byteCountMax,
          fileCountMax: Self.fileCountMax
        )
      )
    ]
  }

  mutating func receive(_ event: DiscoveryEvent, now: Moment) -> Bool {
    guard event.ticket == awaited else { return false }
    awaited = nil
    nextPoll = now.monotonic + min(Self.pollMilliseconds, refreshMilliseconds)
    guard case .files(_, let readings) = event else {
      if case .failed(_, let reason) = event { status.fail(reason) }
      return false
    }
    var next: [String: File] = [:]
    var problems: [String] = []
    if readings.count > Self.fileCountMax { problems.append("the patterns match over \(Self.fileCountMax) files") }
    for reading in readings.prefix(Self.fileCountMax) {
      var file = files[reading.path] ?? File()
      switch reading.outcome {
      case .unchanged: break
      case .failed(let reason): problems.append("\(reading.path): \(reason)")
      case .contents(let bytes, let stamp):
        do throws(DiscoveryProblem) {
          file.groups = try documents.groups(file: reading.path, bytes)
          file.stamp = stamp
        } catch {
          file.stamp = nil
          problems.append("\(reading.path): \(error.message)")
        }
      }
      next[reading.path] = file
    }
    if let problem = problems.first { status.fail(problem) } else { status.succeed() }
    status.isSynced = true
    let before = groups
    files = next
    return groups != before
  }
}
