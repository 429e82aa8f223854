import NIOCore
import NIOHTTP1
import Synchronization

/// The open connections of a server. Lives on the event loop; only the counts are read from elsewhere.
final class ConnectionTable {
  let gate: LoopGate
  let handler: @Sendable (ServerRequest, Responder) -> Void
  var date = HTTPDate()
  private let counts: SharedCounts
  private let listeners: [Listener]
  private var openCounts: [Int]
  private var connections: [ObjectIdentifier: Connection] = [:]
  private var refusedCount = 0
  private var emptied: EventLoopPromise<Void>?

  init(
    _ listeners: [Listener],
    _ gate: LoopGate,
    _ counts: SharedCounts,
    handler: @escaping @Sendable (ServerRequest, Responder) -> Void
  ) {
    self.listeners = listeners
    self.gate = gate
    self.counts = counts
    self.handler = handler
    openCounts = Array(repeating: 0, count: listeners.count)
  }

  func count(_ what: WritableKeyPath<ServerCounts, UInt64>) { counts.add(what) }

  /// Gives a new connection its handlers, or turns it away.
  func admit(_ channel: any Channel, listener index: Int) throws {
    let listener = listeners[index]
    let open = openCounts[index]
    guard emptied == nil, open < listener.connectionCountMax + listener.probeConnectionCountMax else {
      return try refuse(channel, listener)
    }
    openCounts[index] += 1
    let connection = Connection(self, listener, index, isReserve: open >= listener.connectionCountMax)
    connections[ObjectIdentifier(connection)] = connection
    // Not when it turns inactive: a client that is gone by now never lets it turn active.
    channel.closeFuture.assumeIsolated().whenComplete { [self] _ in remove(connection) }
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderFieldSize = listener.headerByteCountMax
    limits.maxHeaderListSize = listener.headerByteCountMax
    limits.maxHeaderFieldCount = listener.headerCountMax
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandler(SocketEdge(connection))
    try pipeline.addHandler(HTTPResponseEncoder())
    try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: limits)))
    try pipeline.addHandler(HTTPServerPipelineHandler())
    try pipeline.addHandler(connection)
  }

  private func refuse(_ channel: any Channel, _ listener: Listener) throws {
    count(\.refusedConnections)
    // Even telling them takes a descriptor each.
    if refusedCount >= 64 { return channel.close(promise: nil) }
    refusedCount += 1
    channel.closeFuture.assumeIsolated().whenComplete { [self] _ in refusedCount -= 1 }
    try channel.pipeline.syncOperations.addHandler(RefusedConnection(linger: listener.timeouts.linger))
  }

  private func remove(_ connection: Connection) {
    connection.end()
    connections[ObjectIdentifier(connection)] = nil
    openCounts[connection.listenerIndex] -= 1
    if connections.isEmpty { emptied?.succeed() }
  }

  /// Ends every connection behind the answer it waits for, and all of them after `graceMilliseconds`.
  func stop(graceMilliseconds: Int64, _ loop: any EventLoop) -> EventLoopFuture<Void> {
    let emptied = loop.makePromise(of: Void.self)
    self.emptied = emptied
    for connection in connections.values { connection.stop() }
    if connections.isEmpty {
      emptied.succeed()
    } else {
      loop.assumeIsolated().scheduleTask(in: .milliseconds(graceMilliseconds)) { [self] in
        for connection in connections.values { connection.close() }
      }
    }
    return emptied.futureResult
  }
}

/// Counts that the event loop makes and others read.
final class SharedCounts: Sendable {
  private let counts = Mutex(ServerCounts())

  var current: ServerCounts { counts.withLock { $0 } }

  func add(_ what: WritableKeyPath<ServerCounts, UInt64>) { counts.withLock { $0[keyPath: what] += 1 } }
}
